import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { post, signalOf } from '../../../lib/platforms/facebook/read.ts';
import { graphError, recorded } from '../graph.ts';
import { type Stage, stage } from '../stage.ts';
import { facebookWorld } from './world.ts';

let world: Awaited<ReturnType<typeof facebookWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await facebookWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const gather = (posts: AsyncIterable<Signal>) => Array.fromAsync(posts);
const say = async (text: string) => {
  const { outgoing, attempt } = at.prepare(text);
  return (await world.connect()).publish!(outgoing, 0, attempt());
};

describe('recorded posts', () => {
  it.each(['feed_fields_p1', 'feeds_default_fields_p1'])('of %s lose nothing we keep', (name) => {
    const { data } = recorded(`facebook/facebook__posts__${name}.json`) as Page;
    expect(data.length).toBeGreaterThan(0);
    for (const each of data) {
      const signal = signalOf(post.parse(each));
      expect(signal).toMatchObject({
        id: `facebook:${each.id}`,
        text: (each.message ?? '').normalize('NFC'),
        at: Date.parse(each.created_time),
        url: each.permalink_url ?? `https://www.facebook.com/${each.id}`,
      });
    }
  });

  it('are read in any script', () => {
    const each = recorded('facebook/facebook__posts__single_post_data_fields.json');
    expect(signalOf(post.parse(each))).toMatchObject({
      text: '我测试一下 MyLife',
      at: Date.UTC(2019, 7, 12, 3, 45, 11),
    });
  });
});

describe('reading a Page', () => {
  it('reads on over pages, newest first, and stops at the time', async () => {
    const began = Date.now();
    for (let turn = 0; turn < 60; turn++)
      world.server.things.set(`x_${String(turn)}`, {
        ...[...world.server.things.values()][0],
        kind: 'post',
        id: `x_${String(turn)}`,
        message: `Number ${String(turn)} #Many`,
        alt: [],
        published: true,
        by: '1234567890',
        at: began - turn * 60_000,
      });
    const posts = await gather((await world.connect()).own!(began - 54.5 * 60_000));
    expect(posts).toHaveLength(55);
    expect(posts[54]).toMatchObject({ text: 'Number 54 #Many', tags: ['many'] });
    expect(posts[0]?.counts).toEqual({ likes: 3, replies: 0, reposts: 2 });
  });

  it('tells who tagged us and who answered, and leaves out what we said ourselves', async () => {
    const mine = await say('Discuss this.');
    world.server.comment(mine.id, 'Well said!');
    world.server.comment(mine.id, 'Thank you.', '1234567890');
    world.server.tag('Have a look at The Page');
    const found = await gather((await world.connect()).mentions!(Date.now() - 60_000));
    expect(found.map(({ text }) => text).sort()).toEqual(['Have a look at The Page', 'Well said!']);
    expect(found[0]?.author).toBe('A person');
  });

  it('leaves out what is no post', async () => {
    world.server.proxy.fail(() => ({
      status: 200,
      body: { data: [{ id: 7 }, { id: '8', created_time: 'soon' }, null] },
    }));
    const posts = await gather((await world.connect()).timeline!('1234567890', 0));
    world.server.proxy.fail(() => 'pass');
    expect(posts).toEqual([]);
  });

  it('says which source failed', async () => {
    const body = graphError({ code: 200, message: 'Requires pages_read_engagement' });
    world.server.proxy.fail(() => ({ status: 403, body }));
    const reading = gather((await world.connect()).own!(0));
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    world.server.proxy.fail(() => 'pass');
  });
});

describe('numbers', () => {
  it('are told of posts and comments, and of those that are still there', async () => {
    const { outgoing, attempt } = at.prepare('Counted.', 'Counted below.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    const second = await connection.publish!(outgoing, 1, attempt([first]));
    const lost = { part: 0, id: '1_2', at: 0 };
    expect(await connection.metrics!([first, second, lost])).toEqual([
      { id: first.id, counts: { likes: 3, replies: 1, shares: 2, views: 12, clicks: 12 } },
      { id: second.id, counts: { likes: 1, replies: 0 } },
    ]);
  });

  it('are told without insights where those are not allowed', async () => {
    const mine = await say('Counted less.');
    const body = graphError({ code: 200, message: 'Requires read_insights' });
    world.server.proxy.fail((path) =>
      path.includes('/insights') ? { status: 400, body } : 'pass',
    );
    const [numbers] = await (await world.connect()).metrics!([mine]);
    world.server.proxy.fail(() => 'pass');
    expect(numbers?.counts).toEqual({ likes: 3, replies: 0, shares: 2 });
  });
});

interface Page {
  data: { id: string; message?: string; created_time: string; permalink_url?: string }[];
}
