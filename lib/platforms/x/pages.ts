import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { prices } from './measure.ts';
import { signalOfTweet, type Tweet, timeOf, tweet, type User, user } from './read-post.ts';
import type { Session, XRequest } from './session.ts';

/** What is asked for with each post. */
export const fields = {
  'tweet.fields':
    'id,text,author_id,created_at,lang,entities,note_tweet,attachments,referenced_tweets,public_metrics',
  expansions: 'author_id',
  'user.fields': 'id,username,name,public_metrics',
} as const;

/** Pages of 100 posts read at most in one go. */
const mostPages = 5;

const answer = z.object({
  data: z.array(z.unknown()).optional(),
  includes: z.object({ users: z.array(z.unknown()).optional() }).optional(),
  meta: z.object({ next_token: z.string().optional() }).optional(),
});

export interface Page {
  posts: readonly Tweet[];
  users: ReadonlyMap<string, User>;
  next?: string | undefined;
}

/** What is usable of an answer with posts. Throws ZodError when it is no such answer. */
export function parsePage(value: unknown): Page {
  const { data = [], includes, meta } = answer.parse(value);
  const users = (includes?.users ?? []).flatMap((each) => user.safeParse(each).data ?? []);
  return {
    posts: data.flatMap((each) => tweet.safeParse(each).data ?? []),
    users: new Map(users.map((each) => [each.id, each])),
    next: meta?.next_token,
  };
}

/** What X charges for an answer with posts. */
export const costOf =
  (each: number) =>
  (value: unknown): number => {
    const posts = answer.safeParse(value).data?.data?.length ?? 0;
    return posts * each;
  };

/** How to page through posts, newest first. */
export interface Reading extends Pick<XRequest, 'operation' | 'path' | 'query' | 'asApp'> {
  /** Not older than this, ms UTC. */
  since: number;
  now: number;
  own?: true;
  /** Name of the parameter for the next page. */
  token?: 'next_token' | 'pagination_token';
}

/** Pages of posts, newest first. Throws as `Session.ask`, and ZodError for what is no such answer. */
export async function* readPages(session: Session, reading: Reading): AsyncGenerator<Page> {
  const { operation, path, since, own, token = 'pagination_token' } = reading;
  // X refuses times to come, and the last seconds it has not counted yet.
  if (since >= reading.now - 1000) return;
  const from = since > 0 ? { start_time: new Date(since).toISOString() } : {};
  let next: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const found = parsePage(
      await session.ask({
        operation,
        method: 'get',
        path,
        query: {
          ...reading.query,
          ...fields,
          ...from,
          max_results: 100,
          ...(next && { [token]: next }),
        },
        cost: costOf(own ? prices.readOwn : prices.read),
        ...(reading.asApp && { asApp: true }),
      }),
    );
    yield found;
    if (found.next === undefined || found.posts.length === 0) return;
    next = found.next;
  }
}

/** The same as signals; what is older than `since` ends it. */
export async function* readSignals(session: Session, reading: Reading): AsyncGenerator<Signal> {
  for await (const { posts, users } of readPages(session, reading))
    for (const each of posts) {
      if (timeOf(each) < reading.since) return;
      yield signalOfTweet(each, users);
    }
}
