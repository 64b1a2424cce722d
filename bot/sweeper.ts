import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

export interface SweeperOptions {
  /** Looks at whatever changed; `nextDue` is when the next think window, schedule or retry is due, ms UTC. */
  sweep: () => Promise<{ reconciled: number; nextDue?: number }>;
  clock: Clock;
  log: Log;
  /** Longest pause between two sweeps, ms. */
  idle?: number;
  /** Shortest pause, ms: two things that are due together are one sweep, and a due time that stays does not spin. */
  least?: number;
}

export type Sweeper = ReturnType<typeof createSweeper>;

/**
 * Sweeps now, then whenever something is due, at the latest every `idle` ms: windows close on time though no webhook
 * ever comes. A pause is never longer than `idle`, so a clock that was set or a machine that slept costs no more than
 * that. One sweep at a time; an error is logged and the next sweep comes as usual.
 */
export function createSweeper({ sweep, clock, log, idle = 60_000, least = 250 }: SweeperOptions) {
  let timer: NodeJS.Timeout | undefined;
  let wakes = Infinity;
  let running: Promise<void> | undefined;
  let asked: number | undefined;
  let stopped = false;

  async function run() {
    clearTimeout(timer);
    wakes = Infinity;
    let due: number | undefined;
    try {
      const { reconciled, nextDue } = await sweep();
      due = nextDue;
      log.debug({ reconciled, nextDue }, 'swept');
    } catch (thrown) {
      log.error({ err: thrown }, 'sweep failed; the next one comes as usual');
    }
    running = undefined;
    const wished = Math.min(due ?? Infinity, asked ?? Infinity);
    asked = undefined;
    wake(wished);
  }

  /** Sets the timer for `at`, but no sooner than `least` and no later than `idle` from now. */
  function wake(at: number) {
    const now = clock.now();
    const then = Math.min(Math.max(at, now + least), now + idle);
    if (stopped || then >= wakes) return;
    clearTimeout(timer);
    wakes = then;
    timer = setTimeout(start, then - now);
  }

  function start() {
    if (!stopped) running ??= run();
  }

  return {
    /** The first sweep; resolves when it is done. */
    async start(): Promise<void> {
      start();
      await running;
    },
    /** Asks for a sweep at `at`, ms UTC, if none comes sooner. */
    by(at: number): void {
      if (running === undefined) wake(at);
      else asked = Math.min(asked ?? Infinity, at);
    },
    /** No further sweep; resolves when a running one is done. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
