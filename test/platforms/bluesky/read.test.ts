import { readFileSync } from 'node:fs';
import { http, HttpResponse, ws } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import { readFrame } from '../../../lib/platforms/bluesky/read-frame.ts';
import { listenJetstream } from '../../../lib/platforms/bluesky/read-jetstream.ts';
import { readAuthor, searchPosts } from '../../../lib/platforms/bluesky/read.ts';
import { shared } from '../../shared.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const frames = () =>
  readFileSync(shared('data/payloads/jetstream_v1_150frames.jsonl'), 'utf8').trim().split('\n');

/** A post as Jetstream sends it, seen `n` seconds after a fixed time. */
const frame = (n: number) =>
  JSON.stringify({
    did: `did:plc:${n}`,
    time_us: (1_783_175_888 + n) * 1_000_000,
    kind: 'commit',
    commit: {
      operation: 'create',
      collection: 'app.bsky.feed.post',
      rkey: String(n),
      record: { text: `Post ${n}`, createdAt: '1999-01-01T00:00:00Z', langs: ['en'] },
    },
  });

describe('frames of Jetstream', () => {
  it('of production are all understood: among 152 events 17 posts written, one deleted', () => {
    const read = frames().map(readFrame);
    expect(read.filter(({ malformed }) => malformed !== undefined)).toEqual([]);
    const posts = read.flatMap(({ signal }) => signal ?? []);
    expect([read.length, posts.length]).toEqual([152, 17]);
    expect(posts[0]).toEqual({
      id: 'bluesky:at://did:plc:dclwtltrt2ggsryagfzk7dp4/app.bsky.feed.post/3mptbyoeyc22k',
      network: 'bluesky',
      text: 'www.youtube.com/watch?v=V5lD...',
      at: Date.parse('2026-07-04T14:38:06.240Z'),
      author: 'did:plc:dclwtltrt2ggsryagfzk7dp4',
      tags: [],
      url: 'https://bsky.app/profile/did:plc:dclwtltrt2ggsryagfzk7dp4/post/3mptbyoeyc22k',
      links: ['https://www.youtube.com/watch?v=V5lDo-jw8mA'],
      language: 'en',
    });
  });

  it('that are nonsense are named, and no client may choose another time', () => {
    for (const text of ['', '{', '[]', '{"kind":"commit"}'])
      expect(readFrame(text)).toMatchObject({ time: 0, malformed: expect.any(String) as string });
    expect(readFrame(frame(1)).signal?.at).toBe(1_783_175_889_000);
  });
});

describe('listening to Jetstream', () => {
  const jetstream = ws.link('wss://jetstream2.us-east.bsky.network/subscribe');

  it('resumes a little before the place where the connection broke, and ends in time', async () => {
    const asked: (string | null)[] = [];
    server.use(
      jetstream.addEventListener('connection', ({ client }) => {
        asked.push(new URL(client.url).searchParams.get('cursor'));
        const from = asked.length === 1 ? 1 : 3;
        for (let n = from; n < from + 3; n++) client.send(frame(n));
        if (asked.length === 1) setTimeout(() => client.close(), 20);
      }),
    );
    const texts: unknown[] = [];
    let place = 0;
    // The pause before reconnecting is cut short; the end is real.
    const clock = {
      now: () => systemClock.now(),
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms === 800 ? ms : 1, signal),
    };
    for await (const item of listenJetstream({ duration: 800, clock, keep: (at) => (place = at) }))
      texts.push('text' in item ? item.text : item);
    expect(texts).toEqual(['Post 1', 'Post 2', 'Post 3', 'Post 3', 'Post 4', 'Post 5']);
    expect(asked).toEqual([null, String((1_783_175_888 + 3 - 5) * 1_000_000)]);
    expect(place).toBe((1_783_175_888 + 5) * 1_000_000);
  });

  it('holds a bounded number of posts when they are not taken', async () => {
    let connections = 0;
    server.use(
      jetstream.addEventListener('connection', ({ client }) => {
        connections += 1;
        if (connections === 1) for (let n = 0; n < 12_000; n++) client.send(frame(n));
      }),
    );
    const stop = new AbortController();
    let taken = 0;
    const clock = {
      now: () => 0,
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms, signal),
    };
    for await (const item of listenJetstream({ duration: 20_000, clock, signal: stop.signal })) {
      expect(item).toHaveProperty('text');
      taken += 1;
      if (taken === 1) await systemClock.sleep(300);
      if (taken === 5_000) stop.abort();
    }
    expect(taken).toBe(5_000);
  });

  it('gives up on a server that cannot be reached', async () => {
    server.use(
      jetstream.addEventListener('connection', ({ client }) => {
        client.close();
      }),
    );
    const clock = {
      now: () => 0,
      sleep: (ms: number, signal?: AbortSignal) =>
        ms === 60_000 ? systemClock.sleep(ms, signal) : Promise.resolve(),
    };
    const listening = listenJetstream({ duration: 60_000, clock });
    await expect(listening.next()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });
});

describe('reading Bluesky without an account', () => {
  const view = (n: number, extra = {}) => ({
    post: {
      uri: `at://did:plc:a/app.bsky.feed.post/${n}`,
      author: { did: 'did:plc:a', handle: 'a.example' },
      record: { text: `Post ${n} #News`, createdAt: new Date(n * 1000).toISOString() },
      indexedAt: new Date(n * 1000 + 5).toISOString(),
      likeCount: n,
    },
    ...extra,
  });
  const api = 'https://public.api.bsky.app/xrpc/app.bsky.feed.';
  const collect = async (items: AsyncIterable<object>) => {
    const found = [];
    for await (const item of items) found.push(item);
    return found;
  };

  it("follows an account's pages back to the time asked for, without reposts", async () => {
    server.use(
      http.get(`${api}getAuthorFeed`, ({ request }) => {
        const cursor = new URL(request.url).searchParams.get('cursor');
        return HttpResponse.json(
          cursor === null
            ? {
                feed: [view(9), view(8, { reason: { $type: 'repost' } }), { post: 1 }],
                cursor: '2',
              }
            : { feed: [view(7), view(3)], cursor: '3' },
        );
      }),
    );
    const found = await collect(readAuthor('a.example', 5000, { fetch: globalThis.fetch }));
    expect(found).toMatchObject([
      { text: 'Post 9 #News', at: 9000, author: 'a.example', tags: ['news'], counts: { likes: 9 } },
      { malformed: true },
      { text: 'Post 7 #News' },
    ]);
  });

  it('searches, and says when it is refused', async () => {
    server.use(
      http.get(`${api}searchPosts`, ({ request }) =>
        new URL(request.url).searchParams.get('q') === 'floods'
          ? HttpResponse.json({ posts: [view(9).post] })
          : HttpResponse.json({ error: 'AuthMissing' }, { status: 403 }),
      ),
    );
    const around = { fetch: globalThis.fetch };
    expect(await collect(searchPosts('floods', 0, around))).toHaveLength(1);
    await expect(collect(searchPosts('other', 0, around))).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('it answered 403') as string,
    });
  });
});
