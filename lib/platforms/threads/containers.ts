import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { type Containers, containerStatus, ready } from '../container.ts';
import { type Graph, graphTime, sameWords } from '../graph.ts';
import { partAt, printOf, refusal } from '../parts.ts';
import type { Deadline, Handle, Media, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { answeredIn } from './check.ts';
import { remedyFor } from './failure.ts';
import { show } from './measure.ts';
import { containerOf } from './compose.ts';

const made = z.object({ id: z.string() });
/** "Publishing does not return a media id" has a page of its own. */
const published = z.object({ id: z.string().optional() });
const standing = z.object({ status: containerStatus, error_message: z.string().optional() });
const listed = z.object({
  id: z.string(),
  text: z.string().default(''),
  permalink: z.string().optional(),
  timestamp: graphTime,
  replied_to: z.object({ id: z.string() }).optional(),
});

/** One part of a post, and what it answers. */
interface Of {
  graph: Graph;
  user: string;
  outgoing: Outgoing;
  index: number;
  handle: Handle | undefined;
  parent: string | undefined;
}

/** What can be done with the container of a part. */
export function containersOf({ graph, user, outgoing, index, handle, parent }: Of): Containers {
  const part = partAt(outgoing, index);
  const isReply = index > 0 || outgoing.reply !== undefined;
  const create = async (fields: Record<string, string>, deadline: Deadline): Promise<string> => {
    const call = { operation: 'media', method: 'POST', path: `${user}/threads` } as const;
    return (await graph.ask(made, { ...call, body: new URLSearchParams(fields), deadline })).id;
  };
  const child = async (file: Media, deadline: Deadline): Promise<string> =>
    create(
      { ...containerOf({ text: '', media: [file] }, undefined), is_carousel_item: 'true' },
      deadline,
    );
  const receiptOf = (id: string, url: string | undefined, at: number): Receipt => ({
    part: index,
    id,
    ...(url !== undefined && { url }),
    at,
  });
  const containers: Containers = {
    platform: 'Threads',
    print: printOf(part, parent),
    remedy: remedyFor,
    async create(deadline) {
      if (part.media.length < 2) return create(containerOf(part, parent), deadline);
      const children: string[] = [];
      for (const file of part.media) children.push(await child(file, deadline));
      for (const id of children) await ready(id, undefined, deadline, containers);
      return create({ ...containerOf(part, parent), children: children.join(',') }, deadline);
    },
    async status(container) {
      const query = { fields: 'id,status,error_message' };
      const call = { operation: 'read', method: 'GET', path: container, query } as const;
      const found = await graph.look(standing, call);
      return found ? { status: found.status, why: found.error_message } : { status: 'EXPIRED' };
    },
    async publish(container, deadline) {
      const operation = isReply ? 'reply' : 'publish';
      const path = `${user}/threads_publish`;
      const body = new URLSearchParams({ creation_id: container });
      const call = { operation, method: 'POST', path, body, acting: true, deadline } as const;
      return (await graph.ask(published, call)).id;
    },
    async receipt(id) {
      const query = { fields: 'id,permalink,timestamp' };
      const call = { operation: 'read', method: 'GET', path: id, query } as const;
      // It is out, whatever comes of asking for its address.
      const found = await graph.look(listed, call).catch(() => undefined);
      return receiptOf(id, found?.permalink, graph.now());
    },
    async listed() {
      const since = sinceOf(handle) - 60_000;
      const path = `${user}/${isReply ? 'replies' : 'threads'}`;
      const fields = `id,text,permalink,timestamp${isReply ? ',replied_to' : ''}`;
      const query = { fields, limit: '50' };
      for await (const each of graph.list({ operation: 'read', path, query })) {
        const found = listed.safeParse(each).data;
        if (!found) continue;
        if (found.timestamp < since) return undefined;
        const above = parent === undefined || (found.replied_to?.id ?? parent) === parent;
        if (above && sameWords(show(part.text), found.text))
          return receiptOf(found.id, found.permalink, found.timestamp);
      }
      return undefined;
    },
  };
  return containers;
}

/**
 * Id of what a part answers: the part before, or the post that the whole answers, whose address is looked up among our
 * mentions. Throws DELIVERY_REFUSED when it is not there.
 */
export async function parentOf(
  graph: Graph,
  user: string,
  { reply }: Outgoing,
  index: number,
  sent: readonly Receipt[],
): Promise<string | undefined> {
  if (index > 0) return sent.find(({ part }) => part === index - 1)?.id;
  if (reply === undefined) return undefined;
  const named = answeredIn(reply);
  if (named && 'id' in named) return named.id;
  const code = named?.code;
  const query = { fields: 'id,permalink', limit: '100' };
  const mention = z.object({ id: z.string(), permalink: z.string() });
  if (code !== undefined)
    for await (const each of graph.list({ operation: 'read', path: `${user}/mentions`, query })) {
      const found = mention.safeParse(each).data;
      if (found && /\/post\/([\w-]+)/.exec(found.permalink)?.[1] === code) return found.id;
    }
  throw refusal(
    'Threads',
    `"${reply}" cannot be answered: it is no id, and no post that mentions us has this address`,
    'Give the number of the post instead of its address.',
  );
}
