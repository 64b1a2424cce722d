import type { Clock } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Deadline } from '../platforms/platform.ts';

/** The end of a claim as its holder keeps it. `done` lets go of the timer. */
export function startDeadline(
  delivery: string,
  expires: number,
  clock: Clock,
): Deadline & { done(): void } {
  const over = new AbortController();
  const done = new AbortController();
  clock.sleep(Math.max(0, expires - clock.now()), done.signal).then(
    () => over.abort(fail('CLAIM_EXPIRED', { delivery })),
    () => undefined,
  );
  return {
    signal: over.signal,
    // The clock and not the timer: a process that was stopped runs on before its timers are looked at.
    check() {
      if (over.signal.aborted || clock.now() >= expires) throw fail('CLAIM_EXPIRED', { delivery });
    },
    done: () => done.abort(),
  };
}
