import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { parsePage } from '../../../lib/platforms/x/pages.ts';
import { signalOfTweet, textOf, timeOf, tweet } from '../../../lib/platforms/x/read-post.ts';
import { exchanges } from './fixture.ts';
import { xWorld } from './world.ts';

let world: Awaited<ReturnType<typeof xWorld>>;
beforeAll(async () => {
  world = await xWorld();
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const gather = async (posts: AsyncIterable<Signal>) => {
  const found: Signal[] = [];
  for await (const post of posts) found.push(post);
  return found;
};
const add = (author: string, text: string, ago: number, more = {}) => {
  const { state } = world.server;
  const post = { id: state.nextId(), author, text, at: Date.now() - ago, media: [], poll: false };
  state.posts.push({ ...post, ...more });
};

describe('recorded answers', () => {
  it.each([
    'search_recent',
    'user_tweets',
    'mentions',
    'home_timeline',
    'tweets_lookup',
    'pg_search',
    'pg_timeline',
  ])('%s is read, every post of it', (name) => {
    for (const { response } of exchanges(name)) {
      const body = response.body as {
        data: { id: string; created_at?: string; public_metrics?: Record<string, number> }[];
        meta?: { next_token?: string };
      };
      const { posts, users, next } = parsePage(body);
      expect(posts).toHaveLength(body.data.length);
      expect(next).toBe(body.meta?.next_token);
      for (const [index, post] of posts.entries()) {
        const raw = body.data[index]!;
        const signal = signalOfTweet(post, users);
        expect(signal).toMatchObject({ id: `x:${raw.id}`, network: 'x' });
        expect(signal.url).toContain(raw.id);
        if (raw.created_at) expect(signal.at).toBe(Date.parse(raw.created_at));
        const metrics = raw.public_metrics;
        if (metrics) expect(signal.counts).toMatchObject({ likes: metrics.like_count });
        expect(signal.text.length).toBeGreaterThan(0);
        expect(signal.text).not.toMatch(/&(amp|lt|gt);/);
      }
    }
  });

  it('an id says when, as its post does', () => {
    // Recorded at 22:43 UTC on 7 October 2022.
    const [newest] = parsePage(exchanges('search_recent')[0]!.response.body).posts;
    expect(new Date(timeOf(newest!)).toISOString()).toMatch(/^2022-10-07T22:42:12/);
  });
});

describe('the words of a post', () => {
  const words = (text: string, more = {}) => textOf(tweet.parse({ id: '1', text, ...more }));
  it('hold what short links lead to, without those of media', () => {
    const urls = [
      { url: 'https://t.co/a1', expanded_url: 'https://example.com/?a=1&b=2' },
      { url: 'https://t.co/b2', expanded_url: 'https://x.com/i/1/photo/1', media_key: '3_1' },
    ];
    const text = 'A &amp; B &lt;3 https://t.co/a1 https://t.co/c3 https://t.co/b2';
    expect(words(text, { entities: { urls } })).toBe(
      'A & B <3 https://example.com/?a=1&b=2 https://t.co/c3',
    );
  });

  it('are whole where X shows only the beginning', () => {
    expect(words('Long…', { note_tweet: { text: 'Long indeed.' } })).toBe('Long indeed.');
  });
});

describe('reading X', () => {
  it('searches, newest first, over pages, no further back than asked', async () => {
    for (let index = 0; index < 120; index += 1) add('20', `Needle ${String(index)}`, 0);
    add('20', 'Needle of old', 3_600_000);
    world.server.state.posts.sort((a, b) => a.at - b.at);
    const found = await gather((await world.connect()).search!('needle', Date.now() - 60_000));
    expect(found).toHaveLength(120);
    expect(found[0]).toMatchObject({ text: 'Needle 119', author: 'stranger', language: 'en' });
    expect(found[0]?.counts).toMatchObject({ likes: 3, reposts: 1, replies: 2, followers: 7 });
  });

  it('asks for no more than X has: a week', async () => {
    const found = await gather((await world.connect()).search!('needle', 0));
    expect(found.length).toBeGreaterThan(120);
  });

  it('reads another account by its name, and what mentions us', async () => {
    const { state } = world.server;
    add('783214', 'From X itself #News', 1000);
    add('783214', 'An answer', 500, { parent: '1' });
    add('20', `Hello @${state.me.username}`, 200);
    const connection = await world.connect();
    const found = await gather(connection.timeline!('@X', Date.now() - 60_000));
    expect(found.map(({ text, tags }) => [text, tags])).toEqual([
      ['From X itself #News', ['news']],
    ]);
    const mentions = await gather(connection.mentions!(Date.now() - 60_000));
    expect(mentions.map(({ author }) => author)).toEqual(['stranger']);
  });

  it('says why a source cannot be read', async () => {
    const connection = await world.connect();
    await expect(gather(connection.timeline!('nobody', 0))).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
    });
    world.proxy!.fail(() => world.limited!());
    const searching = gather(connection.search!('needle', 0));
    await expect(searching).rejects.toMatchObject({ code: 'SOURCE_FAILED', retryable: true });
    world.proxy!.fail(() => 'pass');
  });

  it('asks for what only the author may know while X still tells', async () => {
    const { state } = world.server;
    add(state.me.id, 'Young', 0);
    add(state.me.id, 'Old', 40 * 86_400_000);
    const receipts = state.posts.slice(-2).map(({ id, at }) => ({ part: 0, id, at }));
    const numbers = await (await world.connect()).metrics!(receipts);
    expect(numbers.map(({ counts }) => counts)).toEqual([
      { views: 51, likes: 3, reposts: 1, replies: 2, quotes: 0, bookmarks: 4, clicks: 5 },
      { views: 50, likes: 3, reposts: 1, replies: 2, quotes: 0, bookmarks: 4 },
    ]);
    expect(await (await world.connect()).metrics!([{ part: 0, id: '1', at: 0 }])).toEqual([]);
  });

  it('knows what trends where', async () => {
    const topics = await (await world.connect()).trends!();
    expect(topics[0]).toEqual({ name: 'AI', posts: 29, url: 'https://x.com/search?q=AI' });
    expect(topics.length).toBeGreaterThan(10);
  });
});
