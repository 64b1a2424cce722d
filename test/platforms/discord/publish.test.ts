import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discord } from '../../../lib/platforms/discord/index.ts';
import type { Handle, Outgoing, Part } from '../../../lib/platforms/outgoing.ts';
import type { Connection } from '../../../lib/platforms/platform.ts';
import type { Receipt } from '../../../lib/store/record.ts';
import { image } from '../image.ts';
import { never } from '../world.ts';
import { channel, guild } from './server.ts';
import { startDiscord } from './world.ts';

let at: Awaited<ReturnType<typeof startDiscord>>;
let connection: Connection;
beforeEach(async () => {
  at = await startDiscord();
  connection = await at.connect();
});
afterEach(async () => {
  expect(at.host.problems).toEqual([]);
  await at.host.close();
});

const outgoing = (part: Partial<Part>, more: Partial<Outgoing> = {}): Outgoing => ({
  delivery: `p-${Math.random()}.main`,
  parts: [{ text: 'Words.', media: [], ...part }],
  ...more,
});
const handlesOf = (what: Outgoing, earlier: readonly Handle[] = []) =>
  discord.handles!(what, Date.now(), new Uint8Array(8), earlier);
const send = (what: Outgoing, sent: readonly Receipt[] = [], index = 0) =>
  connection.publish!(what, index, {
    handles: handlesOf(what),
    sent,
    deadline: never,
    keep: () => Promise.resolve(),
  });
const last = () => at.server.messages.at(-1)!;
const body = () => {
  const got = at.host.requests.at(-1)?.body as Record<string, unknown>;
  const { payload_json: payload } = got;
  return typeof payload === 'string' ? (JSON.parse(payload) as Record<string, unknown>) : got;
};

describe('a message', () => {
  it('calls nobody and is known by a key of 25 characters', async () => {
    await send(outgoing({ text: '@everyone look' }));
    expect(body()).toMatchObject({
      content: '@everyone look',
      allowed_mentions: { parse: [] },
      nonce: expect.stringMatching(/^[\w-]{25}$/) as string,
      enforce_nonce: true,
    });
  });

  it('has a key for each part that no later attempt changes', () => {
    const what = outgoing({}, { parts: [1, 2].map((n) => ({ text: String(n), media: [] })) });
    const first = handlesOf(what);
    expect(new Set(first.map(({ nonce }) => nonce)).size).toBe(2);
    expect(handlesOf(what, first)).toEqual(first);
  });

  it('carries files with what describes them, two of one name too', async () => {
    await send(outgoing({ media: [image, { ...image, alt: '', name: 'dots.png' }] }));
    expect(body().attachments).toEqual([
      { id: '0', filename: '0-dots.png', description: 'Two dots' },
      { id: '1', filename: '1-dots.png' },
    ]);
  });

  it('shows a card with its picture', async () => {
    const link = { url: 'https://example.com/a', title: 'A page', description: '', image };
    await send(outgoing({ link }));
    expect(body()).toMatchObject({
      embeds: [{ url: link.url, title: 'A page', image: { url: 'attachment://0-dots.png' } }],
      attachments: [{ id: '0', filename: '0-dots.png' }],
    });
    expect(last().embeds).toHaveLength(1);
  });

  it('asks with its last paragraph', async () => {
    const poll = { options: ['Yes', 'No'], duration: 5_400_000 };
    const what = outgoing({ text: 'Some **context**.\n\nWhat now?', poll });
    const receipt = await send(what);
    expect(body()).toMatchObject({
      content: 'Some **context**.',
      poll: { question: { text: 'What now?' }, duration: 2, allow_multiselect: false },
    });
    expect(await connection.find!(what, 0, handlesOf(what), [])).toMatchObject({ id: receipt.id });
  });

  it('answers what the post answers, in its own channel', async () => {
    const first = await send(outgoing({}));
    await send(outgoing({}, { reply: first.url! }));
    expect(last().message_reference?.message_id).toBe(first.id.split('/')[1]);
    for (const reply of ['https://example.com/', `https://discord.com/channels/${guild}/1/2`])
      await expect(send(outgoing({}, { reply }))).rejects.toMatchObject({
        code: 'DELIVERY_REFUSED',
      });
    await expect(send(outgoing({}, { reply: '123' }))).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('reply') as string,
    });
  });

  it.each<[string, Partial<Part>]>([
    ['too many files', { media: Array.from({ length: 11 }, () => image) }],
    ['a long alt text', { media: [{ ...image, alt: 'x'.repeat(1025) }] }],
    ['a poll with a long option', { poll: { options: ['x'.repeat(56)], duration: 3_600_000 } }],
    ['a poll for ever', { poll: { options: ['a'], duration: 3e9 } }],
    ['a poll with files', { media: [image], poll: { options: ['a'], duration: 3_600_000 } }],
    ['a long question', { text: 'x'.repeat(301), poll: { options: ['a'], duration: 3_600_000 } }],
    ['nothing', { text: ' ' }],
  ])('with %s is refused before anything leaves', async (_, part) => {
    await expect(send(outgoing(part))).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(at.host.requests).toEqual([]);
  });
});

describe('asked after a crash', () => {
  const find = (what: Outgoing, sent: readonly Receipt[] = [], index = 0) =>
    connection.find!(what, index, handlesOf(what), sent);

  it('finds what is there when the key is long forgotten, and would post it twice', async () => {
    const what = outgoing({ text: 'A *lone* text' });
    const receipt = await send(what);
    at.server.state.ahead += 600_000;
    expect(await find(what)).toEqual(receipt);
    await send(what);
    expect(at.server.messages).toHaveLength(2);
  });

  it('is not misled by the same words of others, of earlier, or of another part', async () => {
    const what = outgoing({}, { parts: [1, 2].map(() => ({ text: 'Same.', media: [] })) });
    at.server.write({ content: 'Same.', author: { id: '5', username: 'other' } });
    expect(await find(what)).toBe('absent');
    const first = await send(what);
    expect(await find(what, [first], 1)).toBe('absent');
    const second = await send(what, [first], 1);
    expect(await find(what, [first], 1)).toMatchObject({ part: 1, id: second.id });
    const later = handlesOf(what).map((handle) => ({
      ...handle,
      since: new Date(Date.now() + 120_000).toISOString(),
    }));
    expect(await connection.find!(what, 0, later, [])).toBe('absent');
  });

  it('reads on where the channel is busy', async () => {
    const what = outgoing({ text: 'The first.' });
    const receipt = await send(what);
    for (let n = 0; n < 250; n += 1) at.server.write({ author: { id: '5', username: 'x' } });
    expect(await find(what)).toMatchObject({ id: receipt.id });
    expect(await find(outgoing({ text: 'Never.' }))).toBe('absent');
  });

  it('does not take a history it may not read for an empty one', async () => {
    const what = outgoing({});
    await send(what);
    at.server.state.readable = false;
    expect(await find(what)).toBe('unknown');
  });

  it('knows nothing of a part whose claim has no time', async () => {
    expect(await connection.find!(outgoing({}), 0, [{}], [])).toBe('unknown');
  });
});

describe('the library behind it', () => {
  it('neither waits nor asks when its bucket is empty', async () => {
    const now = Date.now();
    await send(outgoing({}));
    at.host.proxy.fail((_, method) =>
      method === 'POST'
        ? {
            status: 500,
            headers: {
              'x-ratelimit-limit': '5',
              'x-ratelimit-remaining': '0',
              'x-ratelimit-reset-after': '30',
            },
          }
        : 'pass',
    );
    await expect(send(outgoing({}))).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
    at.host.proxy.fail(() => 'pass');
    const asked = at.host.requests.length;
    const limited = await send(outgoing({})).catch((error: unknown) => error);
    expect(limited).toMatchObject({ code: 'DELIVERY_BUSY' });
    const { until } = (limited as { details: { until: number } }).details;
    expect(Math.abs(until - now - 30_000)).toBeLessThan(5_000);
    expect(at.host.requests).toHaveLength(asked);
  });

  it('goes on after a token was refused once', async () => {
    at.host.proxy.fail(() => ({ status: 401, body: { message: '401: Unauthorized', code: 0 } }));
    await expect(connection.whoami!()).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
    at.host.proxy.fail(() => 'pass');
    expect(await connection.whoami!()).toMatchObject({ name: 'desk' });
  });

  it('tells the meter what the answers say', async () => {
    const learned: unknown[] = [];
    const meter = {
      spend: (operation: string) => void learned.push(operation),
      learn: (operation: string, said: object) => void learned.push({ operation, ...said }),
    };
    const headers = {
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-reset-after': '1.5',
    };
    at.host.proxy.fail(() => ({ status: 200, headers, body: { id: channel, username: 'desk' } }));
    const metered = await discord.connect(
      { name: 'main', platform: 'discord', channel },
      { fetch, now: () => 1000, credentials: at.credentials, meter },
    );
    await metered.whoami!();
    const said = { status: 200, limit: 5, remaining: 4, reset: 2500 };
    expect(learned).toEqual(['read', { operation: 'read', ...said }]);
  });
});
