import type { Signal } from '../ingest/signal.ts';
import type { Detector } from './detector.ts';
import type { Trend } from './trend.ts';

const hour = 3_600_000;

/**
 * Hands posts to a detector and asks it at each full hour of the posts' own clock, so that the result does not depend on
 * how many come at once. Remembers every trend as it stood at its peak.
 */
export function createFollower(detector: Detector) {
  const peaks = new Map<string, Trend>();
  let next = Infinity;

  const tick = (now: number) => {
    for (const trend of detector.tick(now)) {
      const before = peaks.get(trend.id);
      if (before === undefined || trend.score > before.score) peaks.set(trend.id, trend);
      else if (trend.lastAt > before.lastAt)
        peaks.set(trend.id, { ...before, lastAt: trend.lastAt });
    }
  };

  return {
    /** Posts in the order of their time. */
    add(signal: Signal): void {
      if (signal.at >= next) tick(next);
      if (signal.at >= next || next === Infinity) next = (Math.floor(signal.at / hour) + 1) * hour;
      detector.add(signal);
    },
    /** Judges what came since the last full hour too; answers all trends, strongest first. */
    finish(now = next): Trend[] {
      if (next !== Infinity) tick(Math.min(next, now));
      return [...peaks.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    },
  };
}

/**
 * Live use: posts since the last run, in any order, and what trended in them up to `now` (ms UTC). Posts older than `window` ms
 * are left out; those of the future count as of now.
 */
export function followTrends(
  detector: Detector,
  signals: readonly Signal[],
  now: number,
  window = 48 * hour,
): Trend[] {
  const follower = createFollower(detector);
  const known = signals.filter(({ at }) => at > now - window);
  const timely = known.map((signal) => (signal.at > now ? { ...signal, at: now } : signal));
  for (const signal of timely.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)))
    follower.add(signal);
  return follower.finish(now);
}
