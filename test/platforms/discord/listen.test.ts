import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import type { Item, Listening } from '../../../lib/platforms/reading.ts';
import { startGateway } from './gateway.ts';
import { channel, type Message, me } from './server.ts';
import { startDiscord } from './world.ts';

let at: Awaited<ReturnType<typeof startDiscord>>;
let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeEach(async () => {
  at = await startDiscord();
  gateway = await startGateway(() => [{ id: channel, last_message_id: at.server.state.last }]);
  at.server.app.get('/api/v10/gateway/bot', (context) =>
    context.json({
      url: gateway.url,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 1, max_concurrency: 16 },
    }),
  );
});
afterEach(async () => {
  expect([...at.host.problems, ...gateway.problems]).toEqual([]);
  await gateway.close();
  await at.host.close();
});

const reader = { id: '97437477723193344', username: 'reader' };
/** Somebody writes, and whoever is connected is told. */
const say = (content: string, fields: Partial<Message> = {}) => {
  const message = at.server.write({ content, author: reader, ...fields });
  gateway.said(message);
  return message;
};
const duration = 60_000;
const clock: Listening['clock'] = {
  now: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms === duration ? ms : Math.min(ms, 5), signal),
};
const text = (item: Item) => ('text' in item ? item.text : item.why);

/** Listens until `count` items were taken and kept; `then` is called once it is connected. */
async function listen(count: number, then: () => void = () => undefined, more = {}) {
  const items: Item[] = [];
  const stop = new AbortController();
  let cursor: string | undefined;
  const keep = (next: string) => {
    cursor = next;
    if (items.length >= count) stop.abort();
  };
  const connection = await at.connect();
  const started = gateway.log.length;
  const soon = setInterval(() => {
    if (gateway.log.length === started || gateway.connected() === 0) return;
    clearInterval(soon);
    then();
  }, 5);
  const listening = { duration, clock, keep, signal: stop.signal, ...more };
  try {
    for await (const item of connection.listen!(listening)) items.push(item);
  } finally {
    clearInterval(soon);
  }
  return { items, texts: items.map(text), cursor };
}

describe('listening to the gateway', () => {
  it('reads what is written, but not what it wrote itself', async () => {
    const { items } = await listen(2, () => {
      say('Hello **desk** #News', { mentions: [me] });
      say('Mine', { author: me });
      say('');
      gateway.dispatch('MESSAGE_CREATE', { id: 'none' });
    });
    const [message] = at.server.messages;
    expect(items).toEqual([
      {
        id: `discord:${channel}/${message!.id}`,
        network: 'discord',
        text: 'Hello desk #News',
        at: Date.parse(message!.timestamp),
        author: 'reader',
        channel: 'news',
        tags: ['news'],
        url: expect.stringContaining(message!.id) as string,
      },
      { malformed: true, line: 4, why: 'it is no message' },
    ]);
  });

  it('resumes in a later run: nothing is lost, nothing is read twice', async () => {
    const first = await listen(1, () => say('one'));
    say('two');
    const second = await listen(2, () => say('three'), { cursor: first.cursor });
    expect(second.texts).toEqual(['two', 'three']);
    expect(gateway.log).toEqual(['identify', 'resume']);
  });

  it('reads what it missed from the channel once its session has ended', async () => {
    const first = await listen(1, () => say('one'));
    gateway.forget();
    for (let n = 0; n < 150; n += 1) at.server.write({ content: `missed ${n}`, author: reader });
    const second = await listen(151, () => say('live'), { cursor: first.cursor });
    expect(gateway.log).toEqual(['identify', 'too late', 'identify']);
    expect(second.texts).toEqual([...Array.from({ length: 150 }, (_, n) => `missed ${n}`), 'live']);
  });

  it('comes back to the gap when it was interrupted in the middle of it', async () => {
    const first = await listen(1, () => say('one'));
    gateway.forget();
    for (let n = 0; n < 5; n += 1) at.server.write({ content: `missed ${n}`, author: reader });
    const connection = await at.connect();
    let cursor = first.cursor!;
    const taken: string[] = [];
    for await (const item of connection.listen!({
      duration,
      clock,
      cursor,
      keep: (next) => void (cursor = next),
    })) {
      taken.push(text(item));
      if (taken.length === 3) break;
    }
    const second = await listen(3, () => undefined, { cursor });
    // The third was handed out but not kept.
    expect([...taken.slice(0, 2), ...second.texts]).toEqual(
      [0, 1, 2, 3, 4].map((n) => `missed ${n}`),
    );
  });

  it('resumes by itself after a connection that broke', async () => {
    const { texts } = await listen(2, () => {
      say('before');
      setTimeout(() => {
        gateway.cut();
        say('while it was gone');
      }, 50);
    });
    expect(texts).toEqual(['before', 'while it was gone']);
    expect(gateway.log).toEqual(['identify', 'resume']);
  });

  it('says what keeps it out', async () => {
    gateway.state.refuse = 4014;
    await expect(listen(1)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('Message Content Intent') as string,
    });
    at.host.proxy.fail(() => ({ status: 401, body: { message: '401: Unauthorized', code: 0 } }));
    await expect(listen(1)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('gives up when the API stays away, not before it has waited', async () => {
    let asked = 0;
    at.host.proxy.fail((path) => {
      if (!path.endsWith('/gateway/bot')) return 'pass';
      asked += 1;
      return { status: 502, body: 'Bad gateway' };
    });
    await expect(listen(1)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect(asked).toBe(6);
  });

  it('begins anew with a cursor that makes no sense', async () => {
    expect((await listen(1, () => say('x'), { cursor: '{"seen":3}' })).texts).toEqual(['x']);
  });
});
