import type { Allowance, Said } from '../platforms/meter.ts';

/** How much of one operation's window is used up. Times are ms UTC. */
export interface Window {
  /** When the window we count in began; a multiple of its length, so that all processes mean the same one. */
  start: number;
  /** Calls since then, by all processes as far as is known. */
  used: number;
  /** What the network said last: so many calls until then. It wins over our counting. */
  remaining?: number | undefined;
  reset?: number | undefined;
}

/** Share of a window over all operations that reading may use; the rest is kept for writing. */
export const readingShare = 0.8;

/** When the network gives no time with a 429, ms. */
const untold = 60_000;

/** When a call may be made: `now` or earlier when at once. `share` of the allowance may be used. Pure. */
export function freeAt(
  window: Window | undefined,
  { requests, per }: Allowance,
  now: number,
  share = 1,
): number {
  if (window === undefined) return now;
  const { start, used, remaining, reset } = window;
  if (remaining !== undefined && reset !== undefined && reset > now) {
    const reserved = requests - Math.floor(requests * share);
    if (remaining <= reserved) return reset;
    return now;
  }
  if (now < start + per && used >= Math.floor(requests * share)) return start + per;
  return now;
}

/** The window after `calls` more calls at `now`; a new one when the old one is over. Pure. */
export function used(
  window: Window | undefined,
  { per }: Pick<Allowance, 'per'>,
  now: number,
  calls = 1,
): Window {
  const told =
    window?.remaining !== undefined && window.reset !== undefined && window.reset > now
      ? { remaining: Math.max(0, window.remaining - calls), reset: window.reset }
      : {};
  const start = Math.floor(now / per) * per;
  return { start, used: (window?.start === start ? window.used : 0) + calls, ...told };
}

/** The window after the network's word. A 429 means none are left, whatever else it says. Pure. */
export function told(
  window: Window | undefined,
  { status, remaining, reset }: Said,
  now: number,
): Window {
  const known = window ?? { start: now, used: 0 };
  if (status === 429)
    return {
      ...known,
      remaining: 0,
      reset: reset !== undefined && reset > now ? reset : now + untold,
    };
  if (remaining === undefined || reset === undefined) return known;
  return { ...known, remaining, reset };
}
