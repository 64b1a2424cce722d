import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { sameWords } from '../graph.ts';
import { commentedOn, partAt } from '../parts.ts';
import type { Attempt, Found, Handle, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { answeredIn, checkComment } from './check.ts';
import { prepareFiles } from './compose.ts';
import { show } from './measure.ts';
import { receiptOf } from './post.ts';
import { encode, type Rest } from './rest.ts';
import { commentUrn, partsOfComment, timeOfUrn } from './urn.ts';

const made = z.object({ id: z.string().optional(), commentUrn: z.string().optional() });

/** What is kept of a comment in a list. */
export const listedComment = z.object({
  id: z.string(),
  commentUrn: z.string().optional(),
  actor: z.string(),
  message: z.object({ text: z.string().default('') }).default({ text: '' }),
  created: z.object({ time: z.number() }),
});
const page = z.object({ elements: z.array(z.unknown()) });

/** URN of what a part is a comment below, see `commentedOn`. */
export const parentOf = (outgoing: Outgoing, index: number, sent: readonly Receipt[]) =>
  commentedOn(outgoing, index, sent, {
    platform: 'LinkedIn',
    idIn: answeredIn,
    remedy: 'Give its URN, e.g. urn:li:share:7123456789012345678 ("Embed this post" shows it).',
  });

const listOf = (urn: string) => `rest/socialActions/${encode(urn)}/comments`;

/** A comment cannot be made unseen first, and nothing keeps it from being made twice. */
export async function publishComment(
  rest: Rest,
  outgoing: Outgoing,
  index: number,
  attempt: Attempt,
): Promise<Receipt> {
  const part = partAt(outgoing, index);
  checkComment(outgoing, index, part);
  const parent = parentOf(outgoing, index, attempt.sent) ?? '';
  const above = partsOfComment(parent);
  const files = await prepareFiles(rest, part, index, attempt);
  const { headers, body } = await rest.send({
    operation: 'reply',
    method: 'POST',
    path: listOf(parent),
    json: {
      actor: rest.author,
      object: above?.below ?? parent,
      message: { text: show(part.text) },
      ...(above && { parentComment: parent }),
      ...(files.length > 0 && { content: files.map((image) => ({ entity: { image } })) }),
    },
    acting: true,
    deadline: attempt.deadline,
  });
  const { id = headers.get('x-restli-id') ?? undefined, commentUrn: urn } =
    made.safeParse(body).data ?? {};
  if (urn === undefined && id === undefined)
    throw fail('DELIVERY_UNKNOWN', {
      platform: 'LinkedIn',
      why: 'it answered without the id of the comment',
    });
  const named = urn ?? commentUrn(above?.below ?? parent, id ?? '');
  return receiptOf(index, named, timeOfUrn(named) ?? rest.now());
}

/** Comments below something, oldest first, as they came. */
export async function* listComments(rest: Rest, urn: string, pages = 5): AsyncGenerator {
  const count = 100;
  for (let start = 0; start < pages * count; start += count) {
    const path = `${listOf(urn)}?start=${start}&count=${count}`;
    const { elements } = await rest.ask(page, { operation: 'read', method: 'GET', path });
    yield* elements;
    if (elements.length < count) return;
  }
}

/** Looks below the parent for a comment of ours with the same words since the claim. */
export async function findComment(
  rest: Rest,
  outgoing: Outgoing,
  index: number,
  handles: readonly Handle[],
  sent: readonly Receipt[],
): Promise<Found> {
  const parent = parentOf(outgoing, index, sent);
  // Nothing can have been said below a post that is not there.
  if (parent === undefined) return 'absent';
  const words = show(partAt(outgoing, index).text);
  const since = sinceOf(handles[index]) - 60_000;
  let read = 0;
  try {
    for await (const each of listComments(rest, parent)) {
      read += 1;
      const found = listedComment.safeParse(each).data;
      if (found?.actor !== rest.author || found.created.time < since) continue;
      const urn = found.commentUrn ?? commentUrn(parent, found.id);
      if (sent.some(({ id }) => id === urn)) continue;
      if (sameWords(words, found.message.text)) return receiptOf(index, urn, found.created.time);
    }
  } catch (error) {
    if (isError(error, 'CREDENTIALS_REFUSED') && error.details.status === 403) return 'unknown';
    throw error;
  }
  return read < 500 ? 'absent' : 'unknown';
}
