import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../lib/platforms/platform.ts';
import { type MastodonWorld, mastodonWorld } from './world.ts';

describe('reading Mastodon', () => {
  let world: MastodonWorld;
  let connection: Connection;
  beforeAll(async () => {
    world = await mastodonWorld();
    connection = await world.connect();
    const { state } = world.server;
    for (let n = 0; n < 90; n++) {
      const author = n % 2 === 0 ? 'even@other.example' : 'odd';
      const account = { ...state.account, acct: author };
      state.statuses.push(state.makeStatus(`Post ${String(n)} about #Cats`, { account }));
      world.server.later(60_000);
    }
    state.notifications.push(
      ...state.statuses.slice(0, 3).map((status) => ({
        id: String(BigInt(status.id) + 1n),
        type: 'mention',
        status,
      })),
    );
  });
  afterEach(() => expect(world.problems()).toEqual([]));
  afterAll(() => world.close());

  const minutesAgo = (minutes: number) => world.server.state.now() - minutes * 60_000 - 30_000;
  const texts = async (posts: AsyncIterable<{ text: string }>) => {
    const found: string[] = [];
    for await (const { text } of posts) found.push(text.replace(' about #Cats', ''));
    return found;
  };

  it('follows the pages back to the time asked for', async () => {
    const found = await texts(connection.own!(minutesAgo(85)));
    expect(found).toHaveLength(85);
    expect([found[0], found.at(-1)]).toEqual(['Post 89', 'Post 5']);
  });

  it('leaves out what is malformed', async () => {
    const { statuses } = world.server.state;
    const broken = { ...statuses.at(-1)!, created_at: 'yesterday' };
    statuses.splice(-1, 1, broken);
    expect(await texts(connection.own!(minutesAgo(2)))).toEqual(['Post 88']);
  });

  it('reads another account by its name, with or without our server', async () => {
    const { host } = new URL(world.server.url);
    for (const name of ['mastodonpy_test_2', '@mastodonpy_test_2', `mastodonpy_test_2@${host}`])
      expect(await texts(connection.timeline!(name, minutesAgo(2)))).toEqual(['Post 88']);
    const reading = texts(connection.timeline!('nobody', 0));
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('says who we are and what the token may do', async () => {
    const { host } = new URL(world.server.url);
    const me = { name: `@mastodonpy_test_2@${host}`, scopes: ['read', 'write'] };
    expect(await connection.whoami!()).toMatchObject(me);
    world.proxy!.fail((path) =>
      path.includes('/apps/') ? { status: 404, body: { error: 'Not Found' } } : 'pass',
    );
    expect(await connection.whoami!()).not.toHaveProperty('scopes');
    world.proxy!.fail(() => 'pass');
  });

  it('reads mentions', async () => {
    expect(await texts(connection.mentions!(0))).toEqual(['Post 2', 'Post 1', 'Post 0']);
  });

  it('searches for words, and for hashtags without a full search', async () => {
    const since = minutesAgo(4);
    expect(await texts(connection.search!('post 8', since))).toEqual([
      'Post 88',
      'Post 87',
      'Post 86',
    ]);
    expect(await texts(connection.search!('#cats', since))).toHaveLength(3);
    expect(world.server.requests.at(-1)?.path).toBe('/api/v1/timelines/tag/cats');
    const [first] = await Array.fromAsync(connection.search!('#cats', since));
    const { host } = new URL(world.server.url);
    expect(first).toMatchObject({ author: 'even@other.example', tags: ['cats'] });
    const all = await Array.fromAsync(connection.search!('#cats', since));
    expect(all[1]?.author).toBe(`odd@${host}`);
  });

  it('tells what trends, today and yesterday', async () => {
    expect(await connection.trends!()).toEqual([
      { name: '#caturday', url: 'http://localhost:3000/tags/caturday', posts: 12 },
    ]);
  });

  it('says when the instance cannot be read', async () => {
    world.proxy!.fail(() => ({ status: 503, body: 'resting' }));
    const failing = { code: 'SOURCE_FAILED', retryable: true };
    await expect(texts(connection.own!(0))).rejects.toMatchObject(failing);
    await expect(connection.trends!()).rejects.toMatchObject(failing);
    world.proxy!.fail(() => 'pass');
  });

  it('keeps the account for the next connection', async () => {
    const kept = new Map<string, string>();
    const cache = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => void kept.set(key, value),
    };
    const around = { fetch, now: Date.now, credentials: world.credentials, cache };
    const asked = () =>
      world.server.requests.filter(({ path }) => path.endsWith('verify_credentials')).length;
    const before = asked();
    for (let time = 0; time < 3; time++) {
      const fresh = await world.platform.connect({ name: 'a', platform: 'mastodon' }, around);
      await texts(fresh.own!(minutesAgo(1)));
    }
    expect(asked()).toBe(before + 1);
  });
});
