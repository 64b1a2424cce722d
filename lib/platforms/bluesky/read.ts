import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import { signalOfRecord } from './read-post.ts';

type Item = Signal | { malformed: true; line: number; why: string };

/** Names and values of a query; a name may come again. */
export type Query = readonly (readonly [string, string])[];

interface Surroundings {
  fetch: typeof globalThis.fetch;
  signal?: AbortSignal;
  /** Asks in the name of an account; the public AppView is asked when absent. */
  ask?: (method: string, query: Query) => Promise<unknown>;
}

/** Bluesky's AppView for readers without an account. */
const appView = 'https://public.api.bsky.app/xrpc/';
const patience = 20_000;
/** Pages of 100 posts read at most in one go. */
const mostPages = 5;

const count = z.number().optional();
const post = z.object({
  uri: z.string(),
  author: z.object({ did: z.string(), handle: z.string() }),
  record: z.unknown(),
  indexedAt: z.string(),
  likeCount: count,
  repostCount: count,
  replyCount: count,
  quoteCount: count,
});
const feedPage = z.object({
  feed: z.array(z.object({ post: z.unknown(), reason: z.unknown().optional() })),
  cursor: z.string().optional(),
});
const searchPage = z.object({ posts: z.array(z.unknown()), cursor: z.string().optional() });

/**
 * Posts of an account (handle or DID) since then, newest first; what it only reposted is left out. Throws SOURCE_FAILED.
 */
export function readAuthor(actor: string, since: number, around: Surroundings) {
  return readPages(`The Bluesky account ${actor}`, since, around, async (cursor) => {
    const query = { actor, limit: '100', filter: 'posts_no_replies', ...(cursor && { cursor }) };
    const page = feedPage.parse(await ask('app.bsky.feed.getAuthorFeed', query, around));
    const own = page.feed.filter(({ reason }) => reason === undefined);
    return { posts: own.map(({ post }) => post), cursor: page.cursor };
  });
}

/** Posts that match a query since then, newest first. Throws SOURCE_FAILED. */
export function searchPosts(q: string, since: number, around: Surroundings) {
  return readPages(`Bluesky's search for "${q}"`, since, around, async (cursor) => {
    const from = since > 0 ? { since: new Date(since).toISOString() } : {};
    const query = { q, limit: '100', sort: 'latest', ...from, ...(cursor && { cursor }) };
    return searchPage.parse(await ask('app.bsky.feed.searchPosts', query, around));
  });
}

export interface Page {
  posts: readonly unknown[];
  cursor?: string | undefined;
}

/** Follows pages from the newest post back to `since`. Throws SOURCE_FAILED. */
export async function* readPages(
  source: string,
  since: number,
  around: Pick<Surroundings, 'signal'>,
  read: (cursor: string | undefined) => Promise<Page>,
  viewed: (each: unknown) => Signal | string = signalOfView,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  let line = 0;
  try {
    for (let page = 0; page < mostPages && !around.signal?.aborted; page++) {
      const { posts, cursor: next } = await read(cursor);
      for (const each of posts) {
        line += 1;
        const found = viewed(each);
        if (typeof found === 'string') yield { malformed: true, line, why: found };
        else if (found.at < since) return;
        else yield found;
      }
      if (next === undefined || posts.length === 0) return;
      cursor = next;
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw fail('SOURCE_FAILED', { source, why }, error);
  }
}

async function ask(method: string, asked: Record<string, string>, around: Surroundings) {
  const query = Object.entries(asked);
  if (around.ask) return around.ask(method, query);
  const limits = [AbortSignal.timeout(patience), ...(around.signal ? [around.signal] : [])];
  const response = await around.fetch(
    `${appView}${method}?${new URLSearchParams(query).toString()}`,
    {
      headers: { accept: 'application/json' },
      signal: AbortSignal.any(limits),
    },
  );
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return response.json();
}

function signalOfView(value: unknown): Signal | string {
  const parsed = post.safeParse(value);
  if (!parsed.success) return 'it is no post view';
  const { uri, author, record, indexedAt, ...counts } = parsed.data;
  const rkey = uri.split('/').at(-1) ?? '';
  const seenAt = Date.parse(indexedAt);
  const signal = signalOfRecord(author.did, rkey, record, seenAt, author.handle);
  if (typeof signal === 'string') return signal;
  const { likeCount, repostCount, replyCount, quoteCount } = counts;
  signal.counts = {
    ...(likeCount !== undefined && { likes: likeCount }),
    ...(repostCount !== undefined && { reposts: repostCount }),
    ...(replyCount !== undefined && { replies: replyCount }),
    ...(quoteCount !== undefined && { quotes: quoteCount }),
  };
  return signal;
}
