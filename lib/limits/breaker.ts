/** Whether a network is worth asking. Times are ms UTC. */
export interface Breaker {
  /** Failures in a row: no answer, or an error of the network's own. */
  failures: number;
  /** Not asked before. */
  until?: number | undefined;
}

/** Failures in a row that open it. */
const patience = 5;
/** How long it stays open the first time; doubled with every failure after, ms. */
const first = 60_000;
const longest = 1_800_000;

/** When the network may be asked: `now` or earlier when at once. Pure. */
export function askedAgainAt({ until }: Breaker, now: number): number {
  return until ?? now;
}

/**
 * The breaker when a call leaves at `now`. After a pause one call is let through to try; the others wait another minute
 * for what comes of it. Pure.
 */
export function tried(breaker: Breaker, now: number): Breaker {
  return breaker.until === undefined ? breaker : { ...breaker, until: now + first };
}

/** The breaker after an answer; status 0 for none. Any answer that is not the network's own failure closes it. Pure. */
export function answered(breaker: Breaker, status: number, now: number): Breaker {
  if (status !== 0 && status < 500) return { failures: 0 };
  const failures = breaker.failures + 1;
  if (failures < patience) return { failures };
  const pause = Math.min(longest, first * 2 ** (failures - patience));
  return { failures, until: now + pause };
}
