import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Topic } from '../reading.ts';
import { signalOf } from './status.ts';
import type { Speak } from './upload.ts';

const pageSize = 40;
/** Pages read at most in one go. */
const mostPages = 10;

const list = z.array(z.unknown());
const named = z.object({ id: z.string() });

export interface Reading {
  /** The instance's host. */
  host: string;
  speak: Speak;
}

/** Posts of an account, by its id there. With `replies` those that answer others too. */
export function readAccount(
  id: () => Promise<string>,
  source: string,
  since: number,
  reading: Reading,
  replies: boolean,
) {
  const api = reading.speak({ operation: 'read' });
  return newest(source, since, reading.host, async (maxId) => {
    const about = { limit: pageSize, excludeReblogs: true, excludeReplies: !replies, ...maxId };
    return list.parse(await api.v1.accounts.$select(await id()).statuses.list(about));
  });
}

/** Mentions of us and answers to us. */
export function readMentions(since: number, { host, speak }: Reading) {
  const api = speak({ operation: 'read' });
  return newest('Mentions on Mastodon', since, host, async (maxId) => {
    const answer: unknown = await api.v1.notifications.list({
      types: ['mention'],
      limit: pageSize,
      ...maxId,
    });
    return list.parse(answer);
  });
}

/** Posts with a hashtag, or with words where the instance has a full search. */
export function searchStatuses(query: string, since: number, { host, speak }: Reading) {
  const api = speak({ operation: 'search' });
  const source = `Mastodon's search for "${query}"`;
  const tag = /^#([\p{L}\p{N}\p{M}_]+)$/u.exec(query.trim())?.[1];
  if (tag !== undefined)
    return newest(source, since, host, async (maxId) =>
      list.parse(await api.v1.timelines.tag.$select(tag).list({ limit: pageSize, ...maxId })),
    );
  // One page: it is sorted by relevance as some instances see it, and pages by number shift under us.
  return (async function* () {
    const answer = await asked(source, async () => {
      const found: unknown = await api.v2.search.list({
        q: query,
        type: 'statuses',
        limit: pageSize,
      });
      return z.object({ statuses: list }).parse(found).statuses;
    });
    const signals = answer.flatMap((each) => {
      const signal = signalOf(each, host);
      return typeof signal === 'string' || signal.at < since ? [] : [signal];
    });
    yield* signals.sort((a, b) => b.at - a.at);
  })();
}

const topic = z.object({
  name: z.string(),
  url: z.string().optional(),
  history: z.array(z.object({ uses: z.coerce.number() })).catch([]),
});

/** Hashtags that trend on the instance; `posts` are those of today and yesterday. */
export function readTrends({ speak }: Reading): Promise<readonly Topic[]> {
  return asked("Mastodon's trends", async () => {
    const api = speak({ operation: 'read' });
    const answer: unknown = await api.v1.trends.tags.list({ limit: 20 });
    return list.parse(answer).flatMap((each): Topic[] => {
      const parsed = topic.safeParse(each);
      if (!parsed.success) return [];
      const { name, url, history } = parsed.data;
      const posts = history.slice(0, 2).reduce((sum, { uses }) => sum + uses, 0);
      return [{ name: `#${name}`, posts, ...(url !== undefined && { url }) }];
    });
  });
}

/** Pages back from now until `since`; what is malformed is left out. */
async function* newest(
  source: string,
  since: number,
  host: string,
  read: (before: { maxId?: string }) => Promise<unknown[]>,
): AsyncGenerator<Signal> {
  let before: { maxId?: string } = {};
  for (let page = 0; page < mostPages; page++) {
    const items = await asked(source, () => read(before));
    for (const item of items) {
      // A notification holds the status that it is about.
      const { status } = (item ?? {}) as { status?: unknown };
      const signal = signalOf(status ?? item, host);
      if (typeof signal === 'string') continue;
      if (signal.at < since) return;
      yield signal;
    }
    const last = named.safeParse(items.at(-1));
    if (!last.success || items.length < pageSize) return;
    before = { maxId: last.data.id };
  }
}

/** Throws SOURCE_FAILED. */
export async function asked<T>(source: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw fail(
      'SOURCE_FAILED',
      { source, why: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}
