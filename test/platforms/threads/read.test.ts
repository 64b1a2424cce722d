import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { containerStatus } from '../../../lib/platforms/container.ts';
import { valuesOf } from '../../../lib/platforms/graph-insights.ts';
import { quota } from '../../../lib/platforms/threads/connect.ts';
import { post, signalOf } from '../../../lib/platforms/threads/read.ts';
import { recorded } from '../graph.ts';
import type { Recorded } from '../host.ts';
import { type Stage, stage } from '../stage.ts';
import { threadsCheck } from './check.ts';
import { threadsWorld } from './world.ts';

let world: Awaited<ReturnType<typeof threadsWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await threadsWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const read = (name: string) => recorded(`threads/${name}.json`);
const say = async (text: string) => {
  const { outgoing, attempt } = at.prepare(text);
  return (await world.connect()).publish!(outgoing, 0, attempt());
};

describe('recorded answers lose nothing we keep', () => {
  it.each([
    'get_a_list_of_all_a_user_s_threads',
    'get_a_list_of_all_a_user_s_replies',
    'get_threads_conversations',
    'get_threads_replies',
  ])('%s', (name) => {
    const { data } = read(name) as { data: Record<string, string>[] };
    expect(data.length).toBeGreaterThan(0);
    for (const each of data)
      expect(signalOf(post.parse(each))).toEqual({
        id: `threads:${each.id ?? ''}`,
        network: 'threads',
        text: each.text,
        at: Date.parse(each.timestamp ?? ''),
        author: each.username,
        url: each.permalink,
        tags: [],
      });
  });

  it('of one post, of limits, containers and insights', () => {
    const one = read('get_threads_post_details') as { text: string };
    expect(signalOf(post.parse(one)).text).toBe(one.text);
    expect(quota.parse(read('retrieve_publishing_quota_limit'))).toEqual(
      read('retrieve_publishing_quota_limit'),
    );
    const { status } = read('check_container_s_publishing_status') as { status: string };
    expect(containerStatus.parse(status)).toBe('FINISHED');
    const { data } = read('get_post_insights') as { data: unknown[] };
    expect(valuesOf(data)).toEqual({ views: 0, likes: 0, replies: 0, reposts: 0, quotes: 0 });
    const account = read('get_account_insights') as { data: unknown[] };
    expect(Object.keys(valuesOf(account.data))).toContain('likes');
  });
});

describe('reading Threads', () => {
  it('tells who mentions and who answers us, each once', async () => {
    const mine = await say('Discuss this.');
    world.server.say('Well said @desk', mine.id);
    world.server.say('Hello @desk');
    world.server.say('I agree.', mine.id);
    const found = await Array.fromAsync((await world.connect()).mentions!(Date.now() - 60_000));
    expect(found.map(({ text }) => text).sort()).toEqual([
      'Hello @desk',
      'I agree.',
      'Well said @desk',
    ]);
  });

  it('searches from a time on', async () => {
    world.server.say('Something about #Whales');
    const connection = await world.connect();
    const now = await Array.fromAsync(connection.search!('Whales', Date.now() - 60_000));
    expect(now).toMatchObject([{ author: 'someone', tags: ['whales'] }]);
    expect(await Array.fromAsync(connection.search!('Whales', Date.now() + 60_000))).toEqual([]);
    expect(world.server.requests.at(-1)?.query.get('search_type')).toBe('RECENT');
  });

  it('reads what others say, by their handle', async () => {
    world.server.say('By someone.');
    const found = await Array.fromAsync((await world.connect()).timeline!('@someone', 0));
    expect(found.map(({ text }) => text)).toContain('By someone.');
  });

  it('leaves out reposts and what is no post', async () => {
    const repost = { id: '1', media_type: 'REPOST_FACADE', timestamp: '2026-01-01T00:00:00+0000' };
    const body = { data: [repost, { id: 2 }, { id: '3', timestamp: 'never' }] };
    world.server.proxy.fail(() => ({ status: 200, body }));
    expect(await Array.fromAsync((await world.connect()).own!(0))).toEqual([]);
    world.server.proxy.fail(() => 'pass');
  });

  it('tells what is left of the day', async () => {
    expect(await (await world.connect()).whoami!()).toMatchObject({
      name: '@desk',
      left: [
        { what: 'posts a day', remaining: 249, limit: 250 },
        { what: 'replies a day', remaining: 1000, limit: 1000 },
      ],
    });
  });
});

describe("the check against Meta's collection", () => {
  const check = threadsCheck('v1.0', '5');
  const request = (more: Partial<Recorded>): Recorded => ({
    method: 'GET',
    path: '/v1.0/me/threads',
    query: new URLSearchParams(),
    headers: {},
    body: undefined,
    ...more,
  });

  it.each<[string, Partial<Recorded>]>([
    ['text_ is unknown', { method: 'POST', body: { text_: 'a' } }],
    ['media_type cannot be POEM', { method: 'POST', body: { media_type: 'POEM' } }],
    ['there is no field texts', { query: new URLSearchParams({ fields: 'id,texts' }) }],
    ['the collection has no such request', { method: 'PUT' }],
    ['the collection has no such request', { path: '/v1.0/me/poems' }],
    ['this is no address of the Threads API', { path: '/me/threads' }],
  ])('finds that %s', (problem, wrong) => {
    expect(check(request(wrong))).toEqual([problem]);
  });
});
