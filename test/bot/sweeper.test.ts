import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSweeper } from '../../bot/sweeper.ts';
import { systemClock } from '../../lib/clock.ts';
import { silent } from './silent.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** Runs a sweeper for `ms` with sweeps that answer `dues`, and tells when it swept. */
async function swept(ms: number, sweep: (n: number) => Promise<{ nextDue?: number }>) {
  const at: number[] = [];
  const sweeper = createSweeper({
    clock: systemClock,
    log: silent,
    sweep: async () => {
      at.push(Date.now());
      return { reconciled: 0, ...(await sweep(at.length)) };
    },
  });
  void sweeper.start();
  await vi.advanceTimersByTimeAsync(ms);
  return { at, sweeper };
}

describe('the sweeper', () => {
  it('sweeps at once and then every minute when nothing is due', async () => {
    const { at } = await swept(180_000, () => Promise.resolve({}));
    expect(at).toEqual([0, 60_000, 120_000, 180_000]);
  });

  it('sweeps when something is due', async () => {
    const { at } = await swept(100_000, (n) => Promise.resolve(n === 1 ? { nextDue: 30_000 } : {}));
    expect(at).toEqual([0, 30_000, 90_000]);
  });

  it('does not spin on a due time that stays in the past', async () => {
    const { at } = await swept(1_000, () => Promise.resolve({ nextDue: -5 }));
    expect(at).toEqual([0, 250, 500, 750, 1_000]);
  });

  it('goes on after a sweep that failed', async () => {
    const { at } = await swept(60_000, (n) =>
      n === 1 ? Promise.reject(new Error('down')) : Promise.resolve({}),
    );
    expect(at).toEqual([0, 60_000]);
  });

  it('comes sooner when asked, never later, also when asked during a sweep', async () => {
    const { at, sweeper } = await swept(1_000, () => Promise.resolve({}));
    sweeper.by(5_000);
    sweeper.by(50_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at).toEqual([0, 5_000]);

    const slow = await swept(1_000, async (n) => {
      if (n === 1) await systemClock.sleep(2_000);
      return {};
    });
    slow.sweeper.by(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(slow.at.map((each) => each - slow.at[0]!)).toEqual([0, 2_250]);
  });

  it('never runs twice at once and waits for the running one when it stops', async () => {
    let running = 0;
    const { at, sweeper } = await swept(100, async () => {
      running += 1;
      expect(running).toBe(1);
      await systemClock.sleep(500);
      running -= 1;
      return { nextDue: 0 };
    });
    void sweeper.start();
    let stopped = false;
    void sweeper.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(300);
    expect(stopped).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(stopped).toBe(true);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(at).toHaveLength(1);
  });
});
