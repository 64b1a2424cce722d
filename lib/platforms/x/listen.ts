import { z } from 'zod';
import { fail } from '../../errors.ts';
import { type Meter, unmetered } from '../meter.ts';
import type { Item, Listening } from '../reading.ts';
import { prices } from './measure.ts';
import { fields, readPages } from './pages.ts';
import { signalOfTweet, type Tweet, tweet, user } from './read-post.ts';
import type { Session } from './session.ts';
import { queriesOf, ruleTag, setRules } from './stream-rules.ts';

interface Around {
  session: Session;
  /** The app's token: X opens its stream to nobody else. */
  bearer: string;
  api: string;
  fetch: typeof globalThis.fetch;
  now: () => number;
  meter: Meter | undefined;
}

/** X sends an empty line every 20 s; silence for longer is a dead connection, ms. */
const silence = 40_000;
/** How long the search may lag behind the stream, ms. */
const settling = 10_000;
const [firstPause, longestPause] = [1_000, 60_000];
/** Connections in a row that brought nothing, after which the source counts as down. */
const patience = 5;
/** Ids remembered, so that what is read again after a pause is not told again. */
const remembered = 2_000;

const line = z.object({
  data: tweet,
  includes: z.object({ users: z.array(z.unknown()).optional() }).optional(),
  matching_rules: z.array(z.object({ tag: z.string().nullish() })).optional(),
});

const lastWords = z.object({ errors: z.array(z.object({ detail: z.string().optional() })) });

/**
 * Posts with the terms as they are written. What was missed between two connections, or since the cursor (id of the last
 * post), is read from the search. X counts every post. Throws SOURCE_FAILED.
 */
export async function* listenX(around: Around, listening: Listening): AsyncGenerator<Item> {
  const { clock, signal, keep, duration } = listening;
  const queries = queriesOf(listening.terms ?? []);
  if (queries.length === 0)
    throw fail('SOURCE_FAILED', { source: "X's stream", why: 'there are no words to listen for' });
  const stop = new AbortController();
  const end = () => stop.abort();
  const isOver = () => stop.signal.aborted;
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  clock.sleep(duration, stop.signal).then(end, () => undefined);
  const seen = new Set<string>();
  let last = listening.cursor;
  let failures = 0;
  try {
    await setRules(around.session, queries);
    while (!isOver()) {
      try {
        for await (const item of streamAndGap(around, queries, last, clock, stop.signal)) {
          failures = 0;
          if ('malformed' in item) {
            yield item;
            continue;
          }
          const id = item.id.slice('x:'.length);
          if (seen.has(id)) continue;
          remember(seen, id);
          yield item;
          if (last === undefined || BigInt(id) > BigInt(last)) last = id;
          keep?.(last);
        }
      } catch (error) {
        if (isOver()) return;
        failures += 1;
        if (failures >= patience) throw error;
      }
      const pause = Math.min(longestPause, firstPause * 2 ** failures);
      await clock.sleep(pause, stop.signal).catch(() => undefined);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    throw fail('SOURCE_FAILED', { source: "X's stream", why }, error);
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

/** Opens the stream, then tells what was written before that, oldest first, then what comes. */
async function* streamAndGap(
  around: Around,
  queries: readonly string[],
  last: string | undefined,
  clock: Listening['clock'],
  signal: AbortSignal,
): AsyncGenerator<Item> {
  const body = await open(around, signal);
  try {
    if (last !== undefined) {
      // What was written just before the stream stood is not found at once.
      await clock.sleep(settling, signal);
      yield* missedSince(last, queries, around);
    }
    yield* read(body, clock, around.meter ?? unmetered);
  } finally {
    if (!body.locked) await body.cancel().catch(() => undefined);
  }
}

async function* missedSince(
  last: string,
  queries: readonly string[],
  { session, now }: Around,
): AsyncGenerator<Item> {
  const missed: { item: Item; post: Tweet }[] = [];
  for (const query of queries) {
    const about = { operation: 'search', path: 'tweets/search/recent', asApp: true } as const;
    const token = 'next_token' as const;
    const reading = { ...about, query: { query, since_id: last }, since: 0, now: now(), token };
    for await (const { posts, users } of readPages(session, reading))
      missed.push(...posts.map((post) => ({ post, item: signalOfTweet(post, users) })));
  }
  // Ids grow with time.
  missed.sort((a, b) => (BigInt(a.post.id) < BigInt(b.post.id) ? -1 : 1));
  for (const { item } of missed) yield item;
}

async function open(
  { api, bearer, fetch, meter = unmetered }: Around,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  meter.spend('stream');
  const query = new URLSearchParams(fields).toString();
  const response = await fetch(`${api}/2/tweets/search/stream?${query}`, {
    headers: { authorization: `Bearer ${bearer}` },
    signal,
  });
  const { status, body } = response;
  const reset = Number(response.headers.get('x-rate-limit-reset')) * 1000;
  meter.learn('stream', { status, ...(reset > 0 && { reset }) });
  if (status !== 200 || body === null) {
    await body?.cancel();
    throw new Error(`it answered ${String(status)}`);
  }
  return body;
}

async function* read(
  body: ReadableStream<Uint8Array>,
  clock: Listening['clock'],
  meter: Meter,
): AsyncGenerator<Item> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let count = 0;
  try {
    for (;;) {
      const timer = new AbortController();
      const quiet = clock.sleep(silence, timer.signal).then(
        () => 'silent' as const,
        () => 'silent' as const,
      );
      const got = await Promise.race([reader.read(), quiet]).finally(() => timer.abort());
      if (got === 'silent') throw new Error('it fell silent');
      if (got.done) return;
      const lines = `${rest}${decoder.decode(got.value, { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines.map((each) => each.trim()).filter((each) => each !== '')) {
        count += 1;
        const item = itemOf(text, count);
        if (!item) continue;
        // Each post costs: when the day's money is spent this ends, and what is missed is read another day.
        if (!('malformed' in item)) meter.spend('streamed', prices.read);
        yield item;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** One line of the stream; undefined for posts that only rules of others matched. Throws for X's last words. */
function itemOf(text: string, count: number): Item | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { malformed: true, line: count, why: 'it is no JSON' };
  }
  const { success, data } = line.safeParse(value);
  if (!success) {
    const last = lastWords.safeParse(value).data?.errors[0];
    if (last) throw new Error(last.detail ?? 'it ended the stream');
    return { malformed: true, line: count, why: 'it is no post' };
  }
  const rules = data.matching_rules;
  if (rules && !rules.some(({ tag }) => tag === ruleTag)) return undefined;
  const users = (data.includes?.users ?? []).flatMap((each) => user.safeParse(each).data ?? []);
  return signalOfTweet(data.data, new Map(users.map((each) => [each.id, each])));
}

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
}
