import { z } from 'zod';
import { isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { graphTime, sameWords } from '../graph.ts';
import { checkPart, commentedOn, partAt, refusal, refuseAll } from '../parts.ts';
import type { Attempt, Found, Handle, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { idIn, refuses } from './check.ts';
import { measure, media, show } from './measure.ts';
import { type Page, receiptOf } from './page.ts';
import { uploadPhoto } from './photo.ts';

const made = z.object({ id: z.string() });
const comment = z.object({
  id: z.string(),
  message: z.string().default(''),
  created_time: graphTime,
  from: z.object({ id: z.string() }).optional(),
});

/** Id of what a part is a comment below, see `commentedOn`. */
export const parentOf = (outgoing: Outgoing, index: number, sent: readonly Receipt[]) =>
  commentedOn(outgoing, index, sent, {
    platform: 'Facebook',
    idIn,
    remedy: 'Give the id of the post or comment, <page>_<post>.',
  });

/** Pages of 100 comments read at most. */
const mostPages = 5;

/** A comment cannot be made unseen first: an answer that never came is unknown until `findComment` has looked. */
export async function publishComment(
  page: Page,
  outgoing: Outgoing,
  index: number,
  { handles, sent, deadline }: Attempt,
): Promise<Receipt> {
  const part = partAt(outgoing, index);
  checkPart(part, { platform: 'Facebook', measure, media });
  refuseAll('Facebook', refuses(outgoing, index));
  if (part.poll) throw refusal('Facebook', 'a comment has no poll');
  const [file] = part.media;
  const attachment = file && (await uploadPhoto(page, file, deadline));
  const words = show(part.text);
  const parent = parentOf(outgoing, index, sent) ?? '';
  try {
    const { id } = await page.graph.ask(made, {
      operation: 'reply',
      method: 'POST',
      path: `${parent}/comments`,
      json: {
        ...(words !== '' && { message: words }),
        ...(attachment && { attachment_id: attachment }),
      },
      acting: true,
      deadline,
    });
    return receiptOf(index, id, page.graph.now());
  } catch (error) {
    // Said before: by us, if it is newer than the claim.
    if (!isError(error, 'DELIVERY_REFUSED') || !error.message.includes('(code 506')) throw error;
    const found = await findComment(page, outgoing, index, handles, sent);
    if (typeof found === 'object') return found;
    throw error;
  }
}

/** Looks among the comments below the parent for one of ours with the same words since the claim. */
export async function findComment(
  page: Page,
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
  const query = {
    fields: 'id,message,created_time,from',
    order: 'reverse_chronological',
    filter: 'toplevel',
    limit: '100',
  };
  let read = 0;
  const below = { operation: 'read', path: `${parent}/comments`, query };
  for await (const each of page.graph.list(below, mostPages)) {
    read += 1;
    const found = comment.safeParse(each).data;
    if (!found) continue;
    if (found.created_time < since) return 'absent';
    const ours = [undefined, page.id].includes(found.from?.id) || page.id === 'me';
    const known = sent.some(({ id }) => id === found.id);
    if (ours && !known && sameWords(words, found.message))
      return receiptOf(index, found.id, found.created_time);
  }
  return read < mostPages * 100 ? 'absent' : 'unknown';
}
