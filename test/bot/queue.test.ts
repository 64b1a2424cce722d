import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQueue } from '../../bot/queue.ts';
import { fail } from '../../lib/errors.ts';
import { silent } from './silent.ts';

const quick = { log: silent, pause: 1, gap: 1, retryAfter: 1 };
const busy = () => fail('GITLAB_BUSY', { call: 'GET /x', status: 429 });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the queue', () => {
  it('looks once at what many webhooks name while it waits', async () => {
    const looks: number[] = [];
    const queue = createQueue<number>({
      ...quick,
      work: (hint) => Promise.resolve(looks.push(hint)),
    });
    for (let n = 0; n < 100; n++) queue.add('merge_request:1', n);
    await queue.idle();
    expect(looks).toEqual([99]);
  });

  it('looks once more after a hint that came while it was looking', async () => {
    let looks = 0;
    const queue = createQueue<string>({
      ...quick,
      work: async () => {
        looks += 1;
        await wait(20);
      },
    });
    queue.add('a', 'a');
    await wait(10);
    for (let n = 0; n < 100; n++) queue.add('a', 'a');
    await queue.idle();
    expect(looks).toBe(2);
  });

  it('looks less and less often at what does not come to rest', async () => {
    const at: number[] = [];
    const queue = createQueue<string>({
      ...quick,
      gap: 20,
      longestGap: 50,
      work: async () => {
        at.push(performance.now());
        if (at.length < 5) queue.add('a', 'a');
        await wait(1);
      },
    });
    queue.add('a', 'a');
    await queue.idle();
    const gaps = at.slice(1).map((each, n) => each - at[n]!);
    expect(gaps).toHaveLength(4);
    for (const [n, least] of [20, 40, 50, 50].entries())
      expect(gaps[n]).toBeGreaterThanOrEqual(least - 1);
  });

  it('never looks at one thing twice at the same time, nor at more than it may, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.nat(5), work: fc.nat(3), before: fc.nat(2) }), {
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 4 }),
        async (hints, concurrency) => {
          const running = new Set<string>();
          const lastAsked = new Map<string, number>();
          const lastLook = new Map<string, number>();
          let clock = 0;
          const queue = createQueue<{ key: string; work: number }>({
            ...quick,
            concurrency,
            work: async ({ key, work }) => {
              expect(running.has(key)).toBe(false);
              running.add(key);
              expect(running.size).toBeLessThanOrEqual(concurrency);
              lastLook.set(key, ++clock);
              await wait(work);
              running.delete(key);
            },
          });
          for (const { key, work, before } of hints) {
            if (before > 0) await wait(before);
            lastAsked.set(String(key), ++clock);
            expect(queue.add(String(key), { key: String(key), work })).toBe(true);
          }
          await queue.idle();
          for (const [key, asked] of lastAsked) expect(lastLook.get(key)).toBeGreaterThan(asked);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('tries again what can help, and leaves the rest to the sweep', async () => {
    const looks: string[] = [];
    const queue = createQueue<string>({
      ...quick,
      work: (hint) => {
        looks.push(hint);
        if (hint === 'busy' && looks.filter((each) => each === hint).length < 3) throw busy();
        if (hint === 'wrong') throw fail('INTERNAL', { why: 'a bug' });
        return Promise.resolve();
      },
    });
    queue.add('busy', 'busy');
    queue.add('wrong', 'wrong');
    await queue.idle();
    expect(looks.toSorted()).toEqual(['busy', 'busy', 'busy', 'wrong']);
  });

  it('takes no more than its limit, and nothing once it stops', async () => {
    const queue = createQueue<string>({ ...quick, limit: 2, work: () => wait(5) });
    expect(['a', 'b', 'c', 'a'].map((key) => queue.add(key, key))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    await queue.drain(1000);
    expect(queue.size).toBe(0);
    expect(queue.add('d', 'd')).toBe(false);
  });

  it('works off what it has taken when it is told to stop, without waiting between retries', async () => {
    const looks: string[] = [];
    const queue = createQueue<string>({
      ...quick,
      pause: 60_000,
      gap: 60_000,
      retryAfter: 60_000,
      concurrency: 1,
      work: (hint) => {
        looks.push(hint);
        throw busy();
      },
    });
    queue.add('a', 'a');
    queue.add('b', 'b');
    await queue.drain(1000);
    expect(looks).toEqual(['a', 'b']);
    expect(queue.size).toBe(0);
  });

  it('gives up a wait between retries when it is told to stop', async () => {
    const queue = createQueue<string>({
      ...quick,
      retryAfter: 60_000,
      work: () => Promise.reject(busy()),
    });
    queue.add('a', 'a');
    await wait(20);
    const began = performance.now();
    await queue.drain(10_000);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('stops in time though a look hangs', async () => {
    const queue = createQueue<string>({ ...quick, work: () => new Promise(() => undefined) });
    queue.add('a', 'a');
    await wait(10);
    const began = performance.now();
    await queue.drain(50);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
