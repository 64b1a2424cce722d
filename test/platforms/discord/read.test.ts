import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { messageSchema, signalOf } from '../../../lib/platforms/discord/read.ts';
import { snowflakeAt, timeOf } from '../../../lib/platforms/discord/snowflake.ts';
import { channel, guild, me, recorded } from './server.ts';
import { startDiscord } from './world.ts';

let at: Awaited<ReturnType<typeof startDiscord>>;
beforeAll(async () => {
  at = await startDiscord();
});
beforeEach(() => {
  at.server.messages.length = 0;
});
afterAll(async () => {
  expect(at.host.problems).toEqual([]);
  await at.host.close();
});

const reader = { id: '97437477723193344', username: 'reader' };
const gather = async (posts: AsyncIterable<Signal>) => {
  const found: Signal[] = [];
  for await (const post of posts) found.push(post);
  return found;
};

describe('a message', () => {
  it('as it was recorded is read with all we keep', () => {
    const message = messageSchema.parse(recorded('message_2017').body);
    expect(signalOf(message, guild)).toEqual({
      id: 'discord:83281822225530880/360513832470315009',
      network: 'discord',
      text: 'i have not been able to use my computer machine due to curriculum-assigned domal tasks',
      at: Date.parse('2017-09-21T19:53:15.684Z'),
      author: 'Ghosty',
      url: `https://discord.com/channels/${guild}/83281822225530880/360513832470315009`,
      tags: [],
    });
  });

  it.each([
    ['<@5> and <@!6>', '@amy and @someone'],
    ['**b** __u__ ~~s~~ ||x|| *i*', 'b u s x i'],
    ['<:pepe:12> <https://a.example/x_y>', ':pepe: https://a.example/x_y'],
    ['[here](https://a.example/) \\*no\\*', 'here *no*'],
    ['snake_case 2 * 3', 'snake_case 2 * 3'],
  ])('%s is read without its markup', (content, text) => {
    const base = messageSchema.parse(recorded('message_2017').body);
    const message = { ...base, content, mentions: [{ id: '5', username: 'amy' }] };
    expect(signalOf(message, guild).text).toBe(text);
  });

  it('carries its time in its id', () => {
    expect(timeOf('360513832470315009')).toBe(Date.parse('2017-09-21T19:53:15.684Z'));
    expect(timeOf(snowflakeAt(1_800_000_000_000))).toBe(1_800_000_000_000);
  });
});

describe('the channel', () => {
  it('is read for what others say to us', async () => {
    const connection = await at.connect();
    at.server.write({ content: 'Ours' });
    at.server.write({ content: 'Not to us', author: reader });
    at.server.write({ content: `Hello <@${me.id}>`, author: reader, mentions: [me] });
    at.server.write({ content: 'A reply', author: reader, referenced_message: { author: me } });
    at.server.write({ content: '', author: reader, mentions: [me] });
    const texts = async (posts: AsyncIterable<Signal>) =>
      (await gather(posts)).map(({ text }) => text);
    expect(await texts(connection.mentions!(0))).toEqual(['A reply', 'Hello @desk']);
    expect(await texts(connection.own!(0))).toEqual(['Ours']);
  });

  it('is read as far back as is asked, over pages, past what is malformed', async () => {
    const connection = await at.connect();
    for (let n = 0; n < 230; n += 1) at.server.write({ content: `n${n}` });
    Object.assign(at.server.messages[200]!, { timestamp: 'yesterday' });
    const posts = await gather(connection.own!(0));
    expect(posts).toHaveLength(229);
    expect([posts[0]?.text, posts.at(-1)?.text]).toEqual(['n229', 'n0']);
  });

  it('that cannot be read says so', async () => {
    const connection = await at.connect();
    at.host.proxy.fail(() => ({ status: 502 }));
    await expect(gather(connection.own!(0))).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    at.host.proxy.fail(() => 'pass');
  });
});

describe('numbers and limits', () => {
  it('counts reactions, and leaves out what is gone', async () => {
    const connection = await at.connect();
    const { id } = at.server.write({ content: 'x', reactions: [{ count: 3 }, { count: 2 }] });
    const receipts = [`${channel}/${id}`, `${channel}/1`].map((each) => ({
      part: 0,
      id: each,
      at: 1,
    }));
    expect(await connection.metrics!(receipts)).toEqual([
      { id: `${channel}/${id}`, counts: { likes: 5 } },
    ]);
  });

  it.each([
    [0, 10],
    [1, 10],
    [2, 50],
    [3, 100],
  ])('a server of tier %i takes files of %i MiB', async (tier, size) => {
    at.server.state.tier = tier;
    const { media } = await (await at.connect()).rules!();
    expect(media).toMatchObject({
      bytes: size * 1024 * 1024,
      video: { bytes: size * 1024 * 1024 },
    });
  });

  it('asks for its server once, also over connections that share a cache', async () => {
    const { discord } = await import('../../../lib/platforms/discord/index.ts');
    const kept = new Map<string, string>();
    const cache = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => void kept.set(key, value),
    };
    const connect = () =>
      discord.connect(
        { name: 'main', platform: 'discord', channel },
        { fetch, now: Date.now, credentials: at.credentials, cache },
      );
    await (
      await connect()
    ).rules!();
    const before = at.host.requests.length;
    await (
      await connect()
    ).rules!();
    expect(at.host.requests.slice(before).map(({ path }) => path)).toEqual([
      `/api/v10/guilds/${guild}`,
    ]);
  });
});
