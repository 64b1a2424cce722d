import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import { fail } from '../../../lib/errors.ts';
import type { Meter } from '../../../lib/platforms/meter.ts';
import type { Item } from '../../../lib/platforms/reading.ts';
import { x } from '../../../lib/platforms/x/index.ts';
import { queriesOf } from '../../../lib/platforms/x/stream-rules.ts';
import { shownPost, type Stored } from './state.ts';
import { xWorld } from './world.ts';

let world: Awaited<ReturnType<typeof xWorld>>;
beforeAll(async () => {
  world = await xWorld();
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const clock = {
  now: () => systemClock.now(),
  // Pauses between connections are shortened, the listening itself and silence are not.
  sleep: (ms: number, signal?: AbortSignal) =>
    systemClock.sleep(ms > 500 && ms < 40_000 ? 5 : ms, signal),
};
const fields = 'author_id,created_at,entities,public_metrics'.split(',');

/** A post comes into being, seen by the search and, unless told otherwise, by the stream. */
const write = (text: string, streamed = true, tag: string | undefined = 'socialpulse') => {
  const { server } = world;
  const { state } = server;
  const post: Stored = {
    id: state.nextId(),
    author: '20',
    text,
    at: state.now(),
    media: [],
    poll: false,
  };
  state.posts.push(post);
  const includes = { users: [state.others[1]] };
  if (streamed)
    server.tell({
      data: shownPost(post, fields, state),
      includes,
      matching_rules: [{ id: '1', tag }],
    });
  return post.id;
};
const until = async (isSo: () => boolean) => {
  const end = Date.now() + 4000;
  while (!isSo() && Date.now() < end) await systemClock.sleep(5);
  expect(isSo()).toBe(true);
};

/** Listens in the background. */
const listen = async (cursor?: string, meter?: Meter) => {
  const items: Item[] = [];
  const cursors: string[] = [];
  const stop = new AbortController();
  const connection = await x.connect(
    { name: 'main', platform: 'x' },
    { fetch, now: Date.now, credentials: world.credentials, ...(meter && { meter }) },
  );
  const done = (async () => {
    const keep = (at: string) => void cursors.push(at);
    const about = {
      duration: 30_000_000,
      clock,
      keep,
      signal: stop.signal,
      terms: ['pulse', 'two words'],
    };
    for await (const item of connection.listen!({
      ...about,
      ...(cursor !== undefined && { cursor }),
    }))
      items.push(item);
  })();
  const texts = () => items.map((item) => ('malformed' in item ? `! ${item.why}` : item.text));
  const end = async () => {
    stop.abort();
    await done;
    // The proxy keeps its own side open.
    world.server.hangUp();
    await until(() => world.server.listening() === 0);
  };
  return { items, cursors, texts, end, done };
};

describe('the stream of X', () => {
  it('tells posts as they are written, survives what it cannot read, leaves others’ rules alone', async () => {
    world.server.state.rules = [
      { id: '1', value: 'of others', tag: 'theirs' },
      { id: '2', value: 'of old', tag: 'socialpulse' },
    ];
    const { texts, cursors, end } = await listen();
    await until(() => world.server.listening() === 1);
    expect(world.server.state.rules.map(({ value }) => value)).toEqual([
      'of others',
      '(pulse OR "two words") -is:retweet',
    ]);
    write('pulse one');
    world.server.tell('{"data": {');
    write('not for us', true, 'theirs');
    const last = write('pulse two');
    await until(() => texts().length === 3);
    expect(texts()).toEqual(['pulse one', '! it is no JSON', 'pulse two']);
    await until(() => cursors.at(-1) === last);
    await end();
  });

  it('loses nothing and tells nothing twice when it breaks', async () => {
    const { texts, end } = await listen();
    await until(() => world.server.listening() === 1);
    write('pulse before');
    await until(() => texts().includes('pulse before'));
    world.proxy!.fail((path) => (path.includes('/search/stream?') ? 'lose' : 'pass'));
    world.server.hangUp();
    await until(() => world.server.listening() === 0);
    write('pulse meanwhile', false);
    world.proxy!.fail(() => 'pass');
    await until(() => world.server.listening() === 1 && texts().includes('pulse meanwhile'));
    write('pulse after');
    await until(() => texts().includes('pulse after'));
    expect(texts()).toEqual(['pulse before', 'pulse meanwhile', 'pulse after']);
    await end();
  });

  it('resumes where an earlier run ended', async () => {
    const cursor = write('pulse taken', false);
    write('pulse missed, the first', false);
    write('pulse missed, the second', false);
    const { texts, end } = await listen(cursor);
    await until(() => texts().length === 2);
    expect(texts()).toEqual(['pulse missed, the first', 'pulse missed, the second']);
    await end();
  });

  it('gives up when X does not answer', async () => {
    world.proxy!.fail((path) =>
      path.includes('/search/stream?') ? { status: 503, body: 'no' } : 'pass',
    );
    const { done } = await listen();
    await expect(done).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('503') as string,
    });
    world.proxy!.fail(() => 'pass');
  });
});

it('ends when the money of the day is spent: X counts every post', async () => {
  let left = 2;
  const meter: Meter = {
    spend(_operation, price = 0) {
      if (left === 0)
        throw fail('DELIVERY_BUSY', { platform: 'X', status: 402, message: 'the budget is spent' });
      if (price > 0) left -= 1;
    },
    learn: () => undefined,
  };
  const { texts, cursors, done } = await listen(undefined, meter);
  const ended = expect(done).rejects.toMatchObject({
    code: 'SOURCE_FAILED',
    message: expect.stringContaining('the budget is spent') as string,
  });
  await until(() => world.server.listening() === 1);
  const ids = ['pulse a', 'pulse b', 'pulse c', 'pulse d'].map((text) => write(text));
  await ended;
  expect(texts()).toEqual(['pulse a', 'pulse b']);
  expect(cursors.at(-1)).toBe(ids[1]);
  world.server.hangUp();
});

describe('queries', () => {
  it('hold every term, as few as fit', () => {
    const terms = Array.from({ length: 100 }, (_, index) => `term number ${String(index)}`);
    const queries = queriesOf([...terms, ' "quoted" ', '#tag', '', 'term number 1']);
    for (const query of queries) expect(query.length).toBeLessThanOrEqual(512);
    for (const term of terms)
      expect(queries.some((query) => query.includes(`"${term}"`))).toBe(true);
    expect(queries.length).toBeLessThan(6);
    expect(queries.join()).toMatch(/\(quoted OR #tag\)/);
    expect(queriesOf(['', ' '])).toEqual([]);
  });
});
