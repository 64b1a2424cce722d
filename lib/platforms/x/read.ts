import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Receipt } from '../../store/record.ts';
import type { Connection, Surroundings } from '../platform.ts';
import type { Numbers, Topic } from '../reading.ts';
import { listenX } from './listen.ts';
import { prices } from './measure.ts';
import { costOf, parsePage, readSignals } from './pages.ts';
import { type Tweet, type User, user } from './read-post.ts';
import type { Session, XAccount } from './session.ts';

const day = 86_400_000;
/** How far back X searches, and for how long it tells an author what only they may know. */
const [searched, confided] = [7 * day - 60_000, 30 * day - 60_000];

const trends = z.object({ data: z.array(z.unknown()).optional() });
const trend = z.object({ trend_name: z.string(), tweet_count: z.number().optional() });

/** What can be read with an account on X. */
export function createReaders(about: {
  session: Session;
  account: XAccount & { woeid: number };
  surroundings: Pick<Surroundings, 'fetch' | 'now'>;
  me: () => Promise<User>;
}): Connection {
  const { session, account, surroundings, me } = about;
  const { now } = surroundings;
  const { user: asUser, bearer } = account;

  const search: Connection['search'] = (query, since) => {
    const reading = { operation: 'search', path: 'tweets/search/recent', query: { query } };
    const from = Math.max(since, now() - searched);
    const token = 'next_token' as const;
    const posts = () => readSignals(session, { ...reading, since: from, now: now(), token });
    return readable(`X's search for "${query}"`, posts);
  };

  const timeline: Connection['timeline'] = (author, since) =>
    readable(`The X account ${author}`, async function* () {
      const name = author.replace(/^@/, '');
      const found = await session.ask({
        operation: 'user',
        method: 'get',
        path: `users/by/username/${encodeURIComponent(name)}`,
        cost: () => prices.read,
      });
      const { id } = z.object({ data: user }).parse(found).data;
      const query = { exclude: 'retweets,replies' };
      const reading = { operation: 'timeline', path: `users/${id}/tweets`, query };
      yield* readSignals(session, { ...reading, since, now: now() });
    });

  const own = (since: number, what: 'tweets' | 'mentions') =>
    readable(`What X has of this account (${what})`, async function* () {
      const path = `users/${(await me()).id}/${what}`;
      const isOwn = what === 'tweets';
      yield* readSignals(session, {
        operation: isOwn ? 'own' : 'mentions',
        path,
        since,
        now: now(),
        ...(isOwn && { own: true, query: { exclude: 'retweets' } }),
      });
    });

  const metrics = async (receipts: readonly Receipt[]): Promise<readonly Numbers[]> => {
    const young = receipts.filter(({ at }) => now() - at < confided);
    const old = receipts.filter(({ at }) => now() - at >= confided);
    const lists = [
      ...inHundreds(young).map((list) => [list, 'public_metrics,non_public_metrics'] as const),
      ...inHundreds(old).map((list) => [list, 'public_metrics'] as const),
    ];
    const numbers: Numbers[] = [];
    for (const [list, wanted] of lists) {
      const answer = await session.ask({
        operation: 'metrics',
        method: 'get',
        path: 'tweets',
        query: { ids: list.map(({ id }) => id).join(','), 'tweet.fields': `id,${wanted}` },
        cost: costOf(prices.readOwn),
      });
      numbers.push(...parsePage(answer).posts.map(numbersOf));
    }
    return numbers;
  };

  const trending = async (): Promise<readonly Topic[]> => {
    const answer = await session.ask({
      operation: 'trends',
      method: 'get',
      path: `trends/by/woeid/${String(account.woeid)}`,
      query: { max_trends: 50 },
      asApp: true,
    });
    const list = trends.parse(answer).data ?? [];
    return list.flatMap((each): Topic[] => {
      const { data } = trend.safeParse(each);
      if (!data) return [];
      const url = `https://x.com/search?q=${encodeURIComponent(data.trend_name)}`;
      const posts = data.tweet_count === undefined ? {} : { posts: data.tweet_count };
      return [{ name: data.trend_name, url, ...posts }];
    });
  };

  return {
    search,
    timeline,
    ...(asUser && {
      own: (since) => own(since, 'tweets'),
      mentions: (since) => own(since, 'mentions'),
      metrics,
    }),
    // OAuth 1.0a is refused here.
    ...((bearer !== undefined || (asUser && !('appKey' in asUser))) && { trends: trending }),
    ...(bearer !== undefined && {
      listen: (listening) =>
        listenX(
          { session, bearer, api: account.api, meter: account.meter, ...surroundings },
          listening,
        ),
    }),
  };
}

function numbersOf(post: Tweet): Numbers {
  const { public_metrics: all = {}, non_public_metrics: mine } = post;
  const views = mine?.impression_count ?? all.impression_count;
  return {
    id: post.id,
    counts: {
      ...(views !== undefined && { views }),
      ...(all.like_count !== undefined && { likes: all.like_count }),
      ...(all.retweet_count !== undefined && { reposts: all.retweet_count }),
      ...(all.reply_count !== undefined && { replies: all.reply_count }),
      ...(all.quote_count !== undefined && { quotes: all.quote_count }),
      ...(all.bookmark_count !== undefined && { bookmarks: all.bookmark_count }),
      ...(mine?.url_link_clicks !== undefined && { clicks: mine.url_link_clicks }),
    },
  };
}

function inHundreds<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / 100);
  return Array.from({ length: count }, (_, at) => list.slice(at * 100, at * 100 + 100));
}

/** What a reader gives; whatever goes wrong is SOURCE_FAILED with its reason. */
async function* readable(
  source: string,
  open: () => AsyncIterable<Signal>,
): AsyncGenerator<Signal> {
  try {
    yield* open();
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? 'it answered in a shape we do not know'
        : error instanceof Error
          ? error.message.replace(/\.$/, '')
          : String(error);
    throw fail('SOURCE_FAILED', { source, why }, error);
  }
}
