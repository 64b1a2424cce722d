import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { sameWords } from '../graph.ts';
import { partAt } from '../parts.ts';
import type { Attempt, Found, Handle, Outgoing } from '../platform.ts';
import { splitQuestion } from '../question.ts';
import { sinceOf } from '../since.ts';
import { checkPost } from './check.ts';
import { postOf, prepareFiles } from './compose.ts';
import { duplicateIn } from './failure.ts';
import { fromLittle, show } from './little.ts';
import { encode, type Rest } from './rest.ts';
import { addressOf, timeOfUrn } from './urn.ts';

/** Clocks of LinkedIn and ours may differ by this much, ms. */
const slack = 60_000;

export const receiptOf = (part: number, urn: string, at: number): Receipt => ({
  part,
  id: urn,
  url: addressOf(urn),
  at,
});

/** Makes a post. LinkedIn keeps no key; a refusal as duplicate of a post newer than the claim is our own success. */
export async function publishPost(
  rest: Rest,
  visibility: string,
  outgoing: Outgoing,
  attempt: Attempt,
): Promise<Receipt> {
  const part = partAt(outgoing, 0);
  checkPost(outgoing, part);
  const files = await prepareFiles(rest, part, 0, attempt);
  const answer = await rest.send({
    operation: 'publish',
    method: 'POST',
    path: 'rest/posts',
    json: postOf(rest, { part, visibility }, files),
    acting: true,
    deadline: attempt.deadline,
    also: [422],
  });
  if (answer.status === 422) {
    const twin = duplicateIn(answer);
    const at = twin === undefined ? undefined : timeOfUrn(twin);
    const since = sinceOf(attempt.handles[0]);
    if (twin !== undefined && at !== undefined && since > 0 && at >= since - slack)
      return receiptOf(0, twin, at);
    throw rest.sort(answer, true);
  }
  const urn = answer.headers.get('x-restli-id') ?? '';
  if (urn === '')
    throw fail('DELIVERY_UNKNOWN', {
      platform: 'LinkedIn',
      why: 'it answered without the id of the post',
    });
  return receiptOf(0, urn, timeOfUrn(urn) ?? rest.now());
}

/** What is kept of a post in a list. */
export const listedPost = z.object({
  id: z.string(),
  commentary: z.string().default(''),
  publishedAt: z.number().optional(),
  createdAt: z.number().optional(),
  content: z.object({ poll: z.object({ question: z.string() }).optional() }).optional(),
});
const page = z.object({ elements: z.array(z.unknown()) });

/** Posts of the author, newest first, as they came. Throws CREDENTIALS_REFUSED without the right to see them. */
export async function* listPosts(rest: Rest, pages = 5): AsyncGenerator {
  const count = 50;
  for (let start = 0; start < pages * count; start += count) {
    const author = encode(rest.author);
    const asked = `q=author&author=${author}&count=${count}&start=${start}&sortBy=CREATED`;
    const { elements } = await rest.ask(page, {
      operation: 'read',
      method: 'GET',
      path: `rest/posts?${asked}`,
      headers: { 'x-restli-method': 'FINDER' },
    });
    yield* elements;
    if (elements.length < count) return;
  }
}

/** Looks for a post with our words since the claim. Unknown without the right to list posts. */
export async function findPost(
  rest: Rest,
  outgoing: Outgoing,
  handles: readonly Handle[],
): Promise<Found> {
  const part = partAt(outgoing, 0);
  const question = part.poll && splitQuestion(part.text).question;
  const words = show(part.text);
  const since = sinceOf(handles[0]) - slack;
  try {
    for await (const each of listPosts(rest)) {
      const found = listedPost.safeParse(each).data;
      if (!found) continue;
      const at = found.publishedAt ?? found.createdAt ?? timeOfUrn(found.id) ?? 0;
      if (at < since) return 'absent';
      const asked = found.content?.poll?.question;
      const same =
        question === undefined
          ? sameWords(words, fromLittle(found.commentary))
          : sameWords(question, asked ?? '');
      if (same) return receiptOf(0, found.id, at);
    }
    return 'absent';
  } catch (error) {
    if (isError(error, 'CREDENTIALS_REFUSED') && error.details.status === 403) return 'unknown';
    throw error;
  }
}
