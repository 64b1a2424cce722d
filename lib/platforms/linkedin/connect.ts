import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { parseMarkup } from '../markup.ts';
import type { Connection, Surroundings } from '../platform.ts';
import type { Identity } from '../reading.ts';
import { checkComment, checkPost } from './check.ts';
import { findComment, parentOf, publishComment } from './comment.ts';
import { partAt } from '../parts.ts';
import { show, toLittle } from './little.ts';
import { metricsOf } from './metrics.ts';
import { findPost, publishPost } from './post.ts';
import { readMentions, readOwn } from './read.ts';
import { createRest, encode, type Rest } from './rest.ts';
import { isMember, partsOfComment } from './urn.ts';

/** What the profile says of an account. */
export interface Settings {
  author: string;
  visibility: string;
  /** Whether posts of the author may be listed. */
  reads: boolean;
}

export function connectLinkedIn(
  { author, visibility, reads }: Settings,
  api: string | undefined,
  token: string | undefined,
  surroundings: Surroundings,
): Connection {
  const rest = createRest(author, api, token, surroundings);
  const reader: Connection = {
    find: async (outgoing, index, handles, sent) =>
      index === 0 && outgoing.reply === undefined
        ? findPost(rest, outgoing, handles)
        : findComment(rest, outgoing, index, handles, sent),
    own: (since) => readOwn(rest, since),
    mentions: (since) => readMentions(rest, since),
  };
  return {
    publish: async (outgoing, index, attempt) =>
      parentOf(outgoing, index, attempt.sent) === undefined
        ? publishPost(rest, visibility, outgoing, attempt)
        : publishComment(rest, outgoing, index, attempt),
    async remove({ id }) {
      const path = pathOf(rest, id);
      // What is gone already answers as if it had just been removed, or 404.
      await rest.send({ operation: 'remove', method: 'DELETE', path, also: [404, 410] });
    },
    async edit(receipt, outgoing, index) {
      const part = { ...partAt(outgoing, index), media: [] };
      const isComment = partsOfComment(receipt.id) !== undefined;
      if (isComment) checkComment(outgoing, index, part);
      else checkPost(outgoing, part);
      const patch = isComment
        ? { message: { $set: { text: show(part.text) } } }
        : { $set: { commentary: toLittle(parseMarkup(part.text)) } };
      await rest.send({
        operation: 'publish',
        method: 'POST',
        path: pathOf(rest, receipt.id),
        headers: { 'x-restli-method': 'PARTIAL_UPDATE' },
        json: { patch },
        acting: true,
      });
      return { ...receipt, part: index };
    },
    whoami: () => who(rest),
    ...(reads && reader),
    ...(!isMember(author) && {
      metrics: (receipts: readonly Receipt[]) => metricsOf(rest, receipts),
    }),
  };
}

/** Where a post or a comment is changed and removed. */
function pathOf({ author }: Rest, urn: string): string {
  const comment = partsOfComment(urn);
  if (!comment) return `rest/posts/${encode(urn)}`;
  const list = `rest/socialActions/${encode(comment.below)}/comments`;
  return `${list}/${comment.id}?actor=${encode(author)}`;
}

const person = z.object({ sub: z.string(), name: z.string() });
const organization = z.object({ localizedName: z.string(), vanityName: z.string().optional() });

/** The organization when it is one, else whose token it is. */
async function who(rest: Rest): Promise<Identity> {
  const read = { operation: 'read', method: 'GET' } as const;
  const number = /^urn:li:organization:(\d+)$/.exec(rest.author)?.[1];
  if (number === undefined) {
    const { sub, name } = await rest.ask(person, { ...read, path: 'v2/userinfo' });
    return { id: `urn:li:person:${sub}`, name };
  }
  const found = await rest.ask(organization, { ...read, path: `rest/organizations/${number}` });
  const url = `https://www.linkedin.com/company/${found.vanityName ?? number}`;
  return { id: rest.author, name: found.localizedName, url };
}
