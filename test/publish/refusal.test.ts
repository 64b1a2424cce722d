import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '../../lib/errors.ts';
import { scheduled } from './post.ts';
import { type Press, setUpPress } from './press.ts';

let press: Press;
afterEach(() => press.close());

const only = async () => (await press.load()).deliveries[0]!;

describe('a network that says no', () => {
  const busy = (until?: number) => () => {
    const extra = until === undefined ? {} : { until };
    const details = { platform: 'wall', status: 429, message: 'later', ...extra };
    return Promise.reject(fail('DELIVERY_BUSY', details));
  };
  const connect = (publish: () => Promise<never>) => () =>
    Promise.resolve({ publish, find: () => Promise.resolve('absent' as const) });

  it('for now is asked again, ever later, and not for ever', async () => {
    press = await setUpPress([scheduled('wall')]);
    const waits: number[] = [];
    for (let n = 1; n <= 12; n += 1) {
      const start = press.clock.now();
      await press.deliver({ connect: connect(busy()), timing: { claim: 1000, grace: 0 } });
      const { status, retryAt } = await only();
      expect(status).toBe(n < 12 ? 'scheduled' : 'failed');
      if (retryAt === undefined) break;
      waits.push(Math.round((retryAt - start) / 60_000));
      press.clock.turn(retryAt - start + 1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30]);
    await press.retry();
    press.clock.turn(61_000);
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'published', attempt: 13 });
    expect(press.entries).toHaveLength(1);
  });

  it('is taken at its word when to come back', async () => {
    press = await setUpPress([scheduled('wall')]);
    const until = press.clock.now() + 7_000_000;
    await press.deliver({ connect: connect(busy(until)) });
    expect(await only()).toMatchObject({ status: 'scheduled', retryAt: until });
  });

  it('for good has failed, and waits for a person', async () => {
    press = await setUpPress([scheduled('wall')]);
    const details = { platform: 'wall', status: 400, message: 'too long' };
    const refuse = () => Promise.reject(fail('DELIVERY_REFUSED', details));
    await press.deliver({ connect: connect(refuse) });
    expect(await only()).toMatchObject({ status: 'failed', error: { retryable: false } });
    press.clock.turn(1e9);
    await press.deliver();
    expect(press.entries).toEqual([]);
  });

  it('has failed, not become unknown, when there are no credentials', async () => {
    press = await setUpPress([scheduled('wall')]);
    const missing = fail('CREDENTIALS_MISSING', { platform: 'wall', variables: 'WALL' });
    await press.deliver({ connect: () => Promise.reject(missing) });
    expect(await only()).toMatchObject({
      status: 'failed',
      error: { code: 'CREDENTIALS_MISSING' },
    });
    expect(await press.files.list('claims')).toEqual([]);
  });

  it('is not sent to once the claim has run out', async () => {
    press = await setUpPress([scheduled('wall')], ['One.', 'Two.']);
    const send = fetch;
    press.fetch = async (input, init) => {
      const answer = await send(input, init);
      press.clock.turn(60_000);
      return answer;
    };
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'scheduled', error: { code: 'CLAIM_EXPIRED' } });
    expect(press.entries.map(({ text }) => text)).toEqual(['One.']);
    press.fetch = fetch;
    press.clock.turn(61_000);
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'published', attempt: 2 });
    expect(press.entries.map(({ text }) => text)).toEqual(['One.', 'Two.']);
  });
});

it('a network that says "in a moment" is waited for with the claim in hand', async () => {
  press = await setUpPress([scheduled('wall')], ['One.', 'Two.']);
  let tries = 0;
  const wall = await press.connectWall();
  const connect = () =>
    Promise.resolve({
      ...wall,
      publish(...sending: Parameters<NonNullable<typeof wall.publish>>) {
        tries += 1;
        if (tries % 3 !== 0) {
          const until = press.clock.now() + 20;
          const details = { platform: 'wall', status: 429, message: 'slowly', until };
          return Promise.reject(fail('DELIVERY_BUSY', details));
        }
        return wall.publish!(...sending);
      },
    });
  await press.deliver({ connect });
  expect(await only()).toMatchObject({ status: 'published', attempt: 1 });
  expect(tries).toBe(6);
});
