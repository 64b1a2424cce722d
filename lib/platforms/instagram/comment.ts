import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { type Graph, graphTime, sameWords } from '../graph.ts';
import { checkPart, partAt, refusal, refuseAll } from '../parts.ts';
import type { Attempt, Found, Handle, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { refuses } from './check.ts';
import { measure, media, show } from './measure.ts';

const made = z.object({ id: z.string() });
const comment = z.object({ id: z.string(), text: z.string(), timestamp: graphTime });

/** Pages of 50 comments read at most. */
const mostPages = 5;

/** Says something below the first part. What becomes of it without an answer, `findComment` tells. */
export async function publishComment(
  graph: Graph,
  outgoing: Outgoing,
  index: number,
  { sent, deadline }: Attempt,
): Promise<Receipt> {
  const part = partAt(outgoing, index);
  checkPart({ ...part, media: [] }, { platform: 'Instagram', measure, media });
  refuseAll('Instagram', refuses(outgoing, index));
  if (part.poll) throw refusal('Instagram', 'comments are text alone');
  const message = show(part.text);
  const { id } = await graph.ask(made, {
    operation: 'reply',
    method: 'POST',
    path: `${parentIn(sent)?.id ?? ''}/comments`,
    json: { message },
    acting: true,
    deadline,
  });
  return receiptOf(index, id, parentIn(sent), graph.now());
}

/** Looks below the first part for the same words since the claim. */
export async function findComment(
  graph: Graph,
  outgoing: Outgoing,
  index: number,
  handles: readonly Handle[],
  sent: readonly Receipt[],
): Promise<Found> {
  const parent = parentIn(sent);
  if (!parent) return 'absent';
  const words = show(partAt(outgoing, index).text);
  const since = sinceOf(handles[index]) - 60_000;
  const query = { fields: 'id,text,timestamp', limit: '50' };
  let read = 0;
  const below = { operation: 'read', path: `${parent.id}/comments`, query };
  for await (const each of graph.list(below, mostPages)) {
    read += 1;
    const found = comment.safeParse(each).data;
    if (!found || found.timestamp < since || sent.some(({ id }) => id === found.id)) continue;
    if (sameWords(words, found.text)) return receiptOf(index, found.id, parent, found.timestamp);
  }
  return read < mostPages * 50 ? 'absent' : 'unknown';
}

const parentIn = (sent: readonly Receipt[]) => sent.find(({ part }) => part === 0);

/** Comments have no address of their own. */
function receiptOf(part: number, id: string, parent: Receipt | undefined, at: number): Receipt {
  return { part, id, ...(parent?.url !== undefined && { url: parent.url }), at };
}
