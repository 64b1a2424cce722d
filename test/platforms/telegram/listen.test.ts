import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import type { Connection } from '../../../lib/platforms/platform.ts';
import type { Item, Listening } from '../../../lib/platforms/reading.ts';
import { readUpdate } from '../../../lib/platforms/telegram/read.ts';
import { chat, recordedError } from './server.ts';
import { startTelegram } from './world.ts';

let at: Awaited<ReturnType<typeof startTelegram>>;
let connection: Connection;
beforeEach(async () => {
  at = await startTelegram();
  connection = await at.connect();
});
afterEach(async () => {
  expect(at.host.problems).toEqual([]);
  await at.host.close();
});

const post = (text: string, id = 7) => ({
  message_id: id,
  date: 1_800_000_000,
  chat,
  sender_chat: chat,
  text,
});
/** Quick where the listener waits, real where it listens. */
const clock: Listening['clock'] = {
  now: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms === duration ? ms : Math.min(ms, 5), signal),
};
const duration = 60_000;

/** Listens until `count` items were taken. */
async function listen(count: number, more: Partial<Listening> = {}) {
  const items: Item[] = [];
  const cursors: string[] = [];
  const listening = {
    duration,
    clock,
    keep: (cursor: string) => void cursors.push(cursor),
    ...more,
  };
  for await (const item of connection.listen!(listening)) {
    items.push(item);
    if (items.length === count) break;
  }
  return { items, cursors };
}
const texts = (items: readonly Item[]) =>
  items.map((item) => ('text' in item ? item.text : item.why));

describe('listening', () => {
  it('reads channel posts and messages as they are written', async () => {
    at.server.happen('channel_post', post('First #News'));
    const listening = listen(2);
    setTimeout(() => {
      at.server.happen('message', {
        ...post('Second', 8),
        chat: { id: 5, type: 'private' },
        sender_chat: undefined,
        from: { id: 9, username: 'reader' },
      });
    }, 50);
    const { items } = await listening;
    expect(items[0]).toEqual({
      id: `telegram:${chat.id}/7`,
      network: 'telegram',
      text: 'First #News',
      at: 1_800_000_000_000,
      author: 'thedesk',
      url: 'https://t.me/thedesk/7',
      tags: ['news'],
      channel: 'The desk',
    });
    expect(items[1]).toMatchObject({ text: 'Second', author: 'reader' });
    expect(items[1]).not.toHaveProperty('url');
  });

  it('acknowledges nothing before it was kept, so that nothing is lost between two runs', async () => {
    for (const text of ['a', 'b', 'c']) at.server.happen('channel_post', post(text));
    const first = await listen(2);
    // The second was handed out but not kept.
    expect(first.cursors).toHaveLength(1);
    expect(at.server.waiting).toHaveLength(3);
    const second = await listen(2, { cursor: first.cursors[0]! });
    expect(texts(second.items)).toEqual(['b', 'c']);
    expect(at.server.waiting).toHaveLength(2);
  });

  it('comes back after what passes, and waits as long as it is told', async () => {
    let asked = 0;
    at.host.proxy.fail(() => {
      asked += 1;
      if (asked === 1) return 'lose';
      if (asked === 2) return { status: 502, body: 'Bad gateway' };
      if (asked === 3) return recordedError('429');
      return 'pass';
    });
    at.server.happen('channel_post', post('After all'));
    expect(texts((await listen(1)).items)).toEqual(['After all']);
    expect(asked).toBe(4);
  });

  it('says that it listens elsewhere, and that its token is wrong', async () => {
    at.host.proxy.fail(() => recordedError('409_getupdates_conflict'));
    await expect(listen(1)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('elsewhere') as string,
    });
    at.host.proxy.fail(() => recordedError('401'));
    await expect(listen(1)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('ends when its time is over, and when it is told to', async () => {
    const soon: Listening['clock'] = {
      now: () => Date.now(),
      sleep: (_, signal) => systemClock.sleep(30, signal),
    };
    expect((await listen(1, { clock: soon })).items).toEqual([]);
    expect((await listen(1, { signal: AbortSignal.timeout(30) })).items).toEqual([]);
    expect((await listen(1, { signal: AbortSignal.abort() })).items).toEqual([]);
  });
});

describe('an update', () => {
  it('that is none spoils nothing', async () => {
    at.server.happen('channel_post', { ...post('x'), date: 'yesterday' });
    at.server.happen('channel_post', post('fine'));
    const { items } = await listen(2);
    expect(texts(items)).toEqual(['it is no update', 'fine']);
  });

  it('without words is no post', () => {
    const joined = { message_id: 1, date: 1, chat: { id: 5 }, new_chat_members: [] };
    expect(readUpdate({ update_id: 1, message: joined }, 1)).toBeUndefined();
    const picture = { message_id: 1, date: 1, chat: { id: 5 }, caption: 'Seen' };
    expect(readUpdate({ update_id: 1, message: picture }, 1)).toMatchObject({ text: 'Seen' });
  });
});
