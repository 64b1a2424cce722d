import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Numbers, Topic } from '../reading.ts';
import { type Query, readPages } from './read.ts';
import { signalOfRecord } from './read-post.ts';

/** Asks in the name of the account. */
type Ask = (method: string, query: Query) => Promise<unknown>;

const collection = 'app.bsky.feed.post';
const recordsPage = z.object({
  records: z.array(z.unknown()),
  cursor: z.string().optional(),
});
const recordSchema = z.object({ uri: z.string(), value: z.unknown() });

/** Posts of our own, as our server holds them: it has them at once, and without anybody else's help. */
export function readOwn(
  me: () => Promise<{ did: string; handle: string }>,
  since: number,
  { ask, now }: { ask: Ask; now: () => number },
): AsyncIterable<Signal | { malformed: true }> {
  let who = { did: '', handle: '' };
  const viewed = (each: unknown): Signal | string => {
    const { success, data } = recordSchema.safeParse(each);
    if (!success) return 'it is no record';
    const written = Date.parse(String((data.value as { createdAt?: unknown } | null)?.createdAt));
    const at = Number.isNaN(written) ? now() : written;
    return signalOfRecord(who.did, data.uri.split('/').at(-1) ?? '', data.value, at, who.handle);
  };
  const read = async (cursor: string | undefined) => {
    who = await me();
    const page = await ask('com.atproto.repo.listRecords', [
      ['repo', who.did],
      ['collection', collection],
      ['limit', '100'],
      ...paging(cursor),
    ]);
    const { records, cursor: next } = recordsPage.parse(page);
    return { posts: records, cursor: next };
  };
  return readPages('Our account on Bluesky', since, {}, read, viewed);
}

const notificationsPage = z.object({
  notifications: z.array(z.unknown()),
  cursor: z.string().optional(),
});

/** Posts that mention, answer or quote us. */
export function readMentions(since: number, ask: Ask): AsyncIterable<Signal | { malformed: true }> {
  return readPages('Mentions on Bluesky', since, {}, async (cursor) => {
    const page = await ask('app.bsky.notification.listNotifications', [
      ...(['mention', 'reply', 'quote'] as const).map((reason) => ['reasons', reason] as const),
      ['limit', '100'],
      ...paging(cursor),
    ]);
    const { notifications, cursor: next } = notificationsPage.parse(page);
    return { posts: notifications, cursor: next };
  });
}

const paging = (cursor: string | undefined): Query =>
  cursor === undefined ? [] : [['cursor', cursor]];

const trendsSchema = z.object({ trends: z.array(z.unknown()) });
const trendSchema = z.object({
  displayName: z.string(),
  link: z.string(),
  postCount: z.number().optional(),
});

/** Trends as Bluesky sees them (app.bsky.unspecced.getTrends, which may change). Throws SOURCE_FAILED. */
export async function readTrends(ask: Ask): Promise<readonly Topic[]> {
  try {
    const { trends } = trendsSchema.parse(
      await ask('app.bsky.unspecced.getTrends', [['limit', '25']]),
    );
    return trends.flatMap((each): Topic[] => {
      const { success, data } = trendSchema.safeParse(each);
      if (!success) return [];
      const { displayName: name, link, postCount: posts } = data;
      const url = URL.parse(link, 'https://bsky.app')?.href;
      return [{ name, ...(url && { url }), ...(posts !== undefined && { posts }) }];
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fail('SOURCE_FAILED', { source: "Bluesky's trends", why }, error);
  }
}

/** Posts asked for at once, at most (lexicon app.bsky.feed.getPosts). */
const mostAtOnce = 25;
const postsSchema = z.object({ posts: z.array(z.unknown()) });
const count = z.number().int().nonnegative().catch(0);
const countsSchema = z.object({
  uri: z.string(),
  likeCount: count,
  repostCount: count,
  replyCount: count,
  quoteCount: count,
  bookmarkCount: count.optional(),
});

/** How posts did, by their addresses. */
export async function readNumbers(uris: readonly string[], ask: Ask): Promise<Numbers[]> {
  const numbers: Numbers[] = [];
  for (let from = 0; from < uris.length; from += mostAtOnce) {
    const asked = uris.slice(from, from + mostAtOnce).map((uri) => ['uris', uri] as const);
    for (const each of postsSchema.parse(await ask('app.bsky.feed.getPosts', asked)).posts) {
      const { success, data } = countsSchema.safeParse(each);
      if (!success) continue;
      const { uri, likeCount, repostCount, replyCount, quoteCount, bookmarkCount } = data;
      const counts = {
        likes: likeCount,
        reposts: repostCount,
        replies: replyCount,
        quotes: quoteCount,
        ...(bookmarkCount !== undefined && { bookmarks: bookmarkCount }),
      };
      numbers.push({ id: uri, counts });
    }
  }
  return numbers;
}
