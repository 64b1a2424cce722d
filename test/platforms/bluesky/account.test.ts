import { ws } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import type { Connection } from '../../../lib/platforms/platform.ts';
import { stage } from '../stage.ts';
import { type BlueskyWorld, blueskyWorld } from './world.ts';

describe('what an account on Bluesky sees', () => {
  let world: BlueskyWorld;
  let connection: Connection;
  beforeAll(async () => {
    world = await blueskyWorld();
    connection = await world.connect();
    for (const text of ['First #One', 'Second', 'Third']) {
      const { outgoing, attempt } = stage(world).prepare(text);
      await connection.publish!(outgoing, 0, attempt());
    }
  });
  afterEach(() => expect(world.problems()).toEqual([]));
  afterAll(() => world.close());
  const texts = async (posts: AsyncIterable<{ text: string }>) =>
    (await Array.fromAsync(posts)).map(({ text }) => text);

  it('is its own posts, from its server', async () => {
    const posts = await Array.fromAsync(connection.own!(0));
    expect(posts.map(({ text }) => text)).toEqual(['Third', 'Second', 'First #One']);
    expect(posts[2]).toMatchObject({ author: 'alice.test', tags: ['one'], language: 'en' });
  });

  it('is mentions, searches and other accounts, asked for in its name', async () => {
    const { appView } = world.server;
    const [first] = await world.server.posts(world.account.did);
    const author = { did: 'did:plc:bob', handle: 'bob.test' };
    const record = { text: 'Hello @alice.test', createdAt: new Date().toISOString() };
    const indexedAt = record.createdAt;
    appView.notifications.push({ ...first, author, record, indexedAt, reason: 'mention' });
    expect(await texts(connection.mentions!(0))).toEqual(['Hello @alice.test']);
    const found = await Array.fromAsync(connection.search!('second', 0));
    expect(found[1]).toMatchObject({ text: 'Second', counts: { likes: 3 } });
    expect(await texts(connection.timeline!('alice.test', 0))).toHaveLength(3);
    const methods = ['listNotifications', 'searchPosts', 'getAuthorFeed'];
    expect(appView.asked.slice(-3)).toEqual(
      methods.map((name) => ({
        method: expect.stringContaining(name) as string,
        by: world.account.did,
      })),
    );
  });

  it('is how its posts do, and what trends', async () => {
    const [post] = await world.posts();
    const receipt = { part: 0, id: post!.id, at: 0 };
    const gone = { part: 1, id: post!.id.replace(/.$/, '2'), at: 0 };
    expect(await connection.metrics!([receipt, gone])).toEqual([
      { id: post!.id, counts: { likes: 3, reposts: 2, replies: 1, quotes: 0 } },
    ]);
    expect(await connection.trends!()).toEqual([
      {
        name: 'Bitcoin',
        url: 'https://bsky.app/profile/trending.bsky.app/feed/1',
        posts: 1204,
      },
    ]);
  });

  it('is itself', async () => {
    expect(await connection.whoami!()).toMatchObject({
      id: world.account.did,
      name: '@alice.test',
    });
  });

  it('says when that cannot be read', async () => {
    const gone = 'at://did:plc:bob/app.bsky.feed.post/3n2t5ucb4iufq';
    world.proxy!.fail(() => ({ status: 502, body: 'no' }));
    for (const reading of [texts(connection.mentions!(0)), connection.trends!()])
      await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    const asking = connection.metrics!([{ part: 0, id: gone, at: 0 }]);
    await expect(asking).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    world.proxy!.fail(() => 'pass');
  });

  it('is everything that is written, at an address of its own, with a cursor of words', async () => {
    const jetstream = ws.link('ws://jetstream.test/subscribe');
    const wires = setupServer(
      jetstream.addEventListener('connection', ({ client }) => {
        expect(client.url.searchParams.get('cursor')).toBe('1783175888000000');
        const record = { text: 'Live', createdAt: '2026-07-04T14:38:08Z' };
        const commit = { operation: 'create', collection: 'app.bsky.feed.post', rkey: 'r', record };
        const time_us = 1_783_175_888_000_000;
        client.send(JSON.stringify({ did: 'did:plc:x', time_us, kind: 'commit', commit }));
      }),
    );
    wires.listen({ onUnhandledFrame: 'bypass' });
    const credentials = {
      ...world.credentials,
      BLUESKY_JETSTREAM: 'ws://jetstream.test/subscribe',
    };
    const listener = await world.connectWith({ credentials });
    const stop = new AbortController();
    const cursors: string[] = [];
    const listening = listener.listen!({
      duration: 5_000,
      clock: systemClock,
      cursor: '1783175893000000',
      keep: (cursor) => {
        cursors.push(cursor);
        stop.abort();
      },
      signal: stop.signal,
    });
    expect(await Array.fromAsync(listening)).toMatchObject([{ text: 'Live' }]);
    expect(cursors).toEqual(['1783175888000000']);
    wires.close();
  });
});
