import type { Signal } from '../ingest/signal.ts';
import type { Detector } from './detector.ts';
import { phaseOf } from './story/phase.ts';
import type { HourTally } from './sketch/tallies.ts';
import type { Trend } from './trend.ts';

const hour = 3_600_000;

/**
 * Hands posts to a detector and asks it at each full hour of the posts' own clock, so that the result does not depend on
 * how many come at once. Remembers every trend with what it was at its peak (score, posts, evidence) and what it became
 * (name, curve, phase).
 */
export function createFollower(detector: Detector) {
  const peaks = new Map<string, Trend>();
  let next = Infinity;

  const tick = (now: number) => {
    for (const { also = [], ...trend } of detector.tick(now)) {
      const highest = [trend.id, ...also]
        .flatMap((id) => peaks.get(id) ?? [])
        .reduce((most, each) => (each.score > most.score ? each : most), trend);
      for (const id of also) peaks.delete(id);
      peaks.set(trend.id, { ...highest, ...whatItBecame(trend) });
    }
  };

  /** Judges the hours that are over at `at`, ms UTC. */
  const reach = (at: number) => {
    if (at >= next) tick(next);
    if (at >= next || next === Infinity) next = (Math.floor(at / hour) + 1) * hour;
  };

  return {
    reach,
    /** Posts in the order of their time. */
    add(signal: Signal): void {
      reach(signal.at);
      detector.add(signal);
    },
    /** Hours that shards counted, in order; posts of them are held by the detector before the next hour comes. */
    addTally(counted: HourTally): void {
      reach(counted.hour);
      detector.addTally(counted);
    },
    /** Judges what came since the last full hour too; answers all trends, strongest first. */
    finish(now = next): Trend[] {
      if (next !== Infinity) tick(Math.min(next, now));
      return [...peaks.values()]
        .map((trend) => standingAt(trend, Math.min(next, now)))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    },
  };
}

function whatItBecame(trend: Trend) {
  const { id, name, firstAt, lastAt, curve, phase, duration } = trend;
  return {
    id,
    name,
    firstAt,
    lastAt,
    ...(curve && { curve }),
    ...(phase && { phase }),
    ...(duration && { duration }),
  };
}

/** A trend that stood out no more at the last ticks has gone on all the same: down. */
function standingAt(trend: Trend, now: number): Trend {
  if (trend.curve === undefined || !Number.isFinite(now)) return trend;
  return { ...trend, phase: phaseOf(trend.curve, now, trend.phase) };
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
