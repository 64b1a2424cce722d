import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { parseListing, signalOfThing } from '../../../lib/platforms/reddit/read-post.ts';
import { stage } from '../stage.ts';
import { answerTo } from './fixture.ts';
import { redditWorld } from './world.ts';

let world: Awaited<ReturnType<typeof redditWorld>>;
beforeAll(async () => {
  world = await redditWorld();
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const gather = async (posts: AsyncIterable<Signal>) => {
  const found: Signal[] = [];
  for await (const post of posts) found.push(post);
  return found;
};

interface Raw {
  data: { children: { kind: string; data: Record<string, unknown> }[] };
}

describe('recorded answers', () => {
  it.each([
    ['listing_new', '/new'],
    ['search', '/search/'],
    ['info', '/api/info'],
  ])('%s is read, every post and comment of it', (name, path) => {
    const raw = answerTo<Raw>(name, path).data.children.filter(({ kind }) => /t[13]/.test(kind));
    const { things } = parseListing(answerTo(name, path));
    expect(things.length).toBe(raw.length);
    expect(things.length).toBeGreaterThan(1);
    for (const [index, thing] of things.entries()) {
      const { data } = raw[index]!;
      const signal = signalOfThing(thing);
      expect(signal).toMatchObject({
        id: `reddit:${data.name as string}`,
        at: Number(data.created_utc) * 1000,
        channel: `r/${data.subreddit as string}`,
        counts: { likes: Math.max(0, Number(data.ups)) },
      });
      if (typeof data.title === 'string')
        expect(signal.text).toContain(data.title.trim().normalize('NFC'));
      expect(URL.canParse(signal.url ?? '')).toBe(true);
    }
  });

  it('one malformed post does not spoil the page', () => {
    const page = answerTo<Raw>('listing_new', '/new');
    page.data.children[0]!.data.title = null;
    expect(parseListing(page).things).toHaveLength(page.data.children.length - 1);
  });
});

describe('reading Reddit', () => {
  it('searches, and reads a subreddit', async () => {
    const connection = await world.connect();
    expect((await gather(connection.search!('praw', 0))).length).toBeGreaterThan(1);
    const found = await gather(connection.timeline!('r/askreddit', 0));
    expect(found.length).toBeGreaterThan(50);
    expect(found[0]).toMatchObject({ network: 'reddit', channel: 'r/AskReddit' });
  });

  it('reads another account, and answers to us, over pages', async () => {
    const at = stage(world);
    const { outgoing, attempt } = at.prepare('Say something.');
    const connection = await world.connect();
    const { id } = await connection.publish!(outgoing, 0, attempt());
    const { state } = world.server;
    const now = state.now();
    const thing = { kind: 'comment', subreddit: 'a', at: now, shownFrom: 0, files: 0, author: 'b' };
    for (let count = 0; count < 130; count += 1)
      state.things.push({ ...thing, name: `t1_c${String(count)}`, text: 'Something', parent: id });
    state.things.push({ ...thing, name: 't3_z', title: 'Of b', text: '', kind: 'self' });
    const mentions = await gather(connection.mentions!(now - 5000));
    expect(mentions).toHaveLength(130);
    expect(mentions[0]).toMatchObject({ text: 'Something', author: 'b' });
    const theirs = await gather(connection.timeline!('u/b', now - 5000));
    expect(theirs.map(({ text }) => text)).toEqual(['Of b']);
    expect((await connection.trends!())[0]).toMatchObject({ name: 'r/AskReddit' });
  });

  it('says why a source cannot be read', async () => {
    const connection = await world.connect();
    world.proxy!.fail(() => ({ status: 200, body: { kind: 'Wrong' } }));
    await expect(gather(connection.own!(0))).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    world.proxy!.fail(() => world.limited!());
    await expect(gather(connection.own!(0))).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    world.proxy!.fail(() => 'pass');
  });
});
