import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '../../lib/errors.ts';
import { transition } from '../../lib/publish/delivery.ts';
import type { Stop } from '../../lib/publish/context.ts';
import { scheduled } from './post.ts';
import { type Press, setUpPress } from './press.ts';

let press: Press;
afterEach(() => press.close());

const stop: Stop = { what: 'the whole desk', link: 'https://gitlab.example/desk/-/issues/7' };
const only = async () => (await press.load()).deliveries[0]!;

describe('publishing that people stopped', () => {
  it('waits for as long as it takes, says why, and then goes on', async () => {
    press = await setUpPress([scheduled('wall')]);
    for (let look = 0; look < 6; look += 1) {
      await press.deliver({ stopped: () => Promise.resolve(stop) });
      press.clock.turn(300_000);
    }
    expect(await only()).toMatchObject({
      status: 'scheduled',
      attempt: 0,
      error: { code: 'DELIVERY_STOPPED', link: stop.link, retryable: true },
    });
    expect(await press.files.list('claims')).toEqual([]);
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'published', attempt: 1 });
    expect(press.entries).toHaveLength(1);
  });

  it('keeps back the rest of a thread that is half out, which later is continued', async () => {
    press = await setUpPress([scheduled('wall')], ['One.', 'Two.', 'Three.']);
    const stopped = () => Promise.resolve(press.entries.length >= 2 ? stop : undefined);
    await press.deliver({ stopped });
    expect(press.entries.map(({ text }) => text)).toEqual(['One.', 'Two.']);
    expect(await only()).toMatchObject({
      status: 'scheduled',
      error: { code: 'DELIVERY_STOPPED' },
    });
    press.clock.turn(600_000);
    await press.deliver({ stopped });
    expect(press.entries).toHaveLength(2);
    press.clock.turn(600_000);
    await press.deliver();
    expect(press.entries.map(({ text }) => text)).toEqual(['One.', 'Two.', 'Three.']);
    expect(await only()).toMatchObject({ status: 'published' });
  });
});

it('what was prepared at the network is not taken over into other words', async () => {
  press = await setUpPress([scheduled('wall')]);
  const seen: unknown[] = [];
  const wall = await press.connectWall();
  const connect = () =>
    Promise.resolve({
      ...wall,
      async publish(...[outgoing, index, attempt]: Parameters<NonNullable<typeof wall.publish>>) {
        seen.push(attempt.handles[index]);
        await attempt.keep({ container: String(seen.length) });
        if (seen.length < 3)
          throw fail('DELIVERY_REFUSED', { platform: 'wall', status: 400, message: 'no' });
        return wall.publish!(outgoing, index, attempt);
      },
    });
  const retry = (hash: string) =>
    press.change((record) => ({
      ...record,
      deliveries: record.deliveries.map((each) =>
        transition(each, { type: 'retried', bound: { revision: 2, hash } }, press.clock.now()),
      ),
    }));
  await press.deliver({ connect });
  await retry((await only()).hash);
  press.clock.turn(100_000);
  await press.deliver({ connect });
  await retry('b'.repeat(64));
  press.clock.turn(100_000);
  await press.deliver({ connect });
  expect(seen).toEqual([{}, { container: '1' }, {}]);
});

it('the rest of a thread that would now be cut elsewhere is a question to a person', async () => {
  press = await setUpPress([scheduled('wall')], ['One.', 'Two.', 'Three.']);
  const stopped = () => Promise.resolve(press.entries.length >= 1 ? stop : undefined);
  await press.deliver({ stopped });
  press.clock.turn(600_000);
  const parts = ['One.', 'Two, and three.'].map((text) => ({ text, media: [] }));
  await press.deliver({ outgoing: () => Promise.resolve({ parts }) });
  expect(await only()).toMatchObject({
    status: 'unknown',
    error: { code: 'DELIVERY_UNKNOWN', message: expect.stringContaining('begun') as string },
  });
  expect(press.entries).toHaveLength(1);
});
