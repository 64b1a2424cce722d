import type { Indicator } from '../../store/indicator.ts';
import type { Point } from './rows.ts';

/** A change that is unusual for an indicator, judged against its own past. */
export interface Move {
  indicator: string;
  title: string;
  /** Entity it is about. */
  about: string;
  kind: 'value' | 'volume';
  /** What it is judged over, and how long it really took, ms. */
  over: number;
  span: number;
  /** As a share of what was before, 0.05 is 5 % up; of a volume, over the usual one. */
  change: number;
  /** Change in the same time that is exceeded half of the time, without sign. */
  usual: number;
  /** Robust z-score; its sign is that of the change. */
  z: number;
  /** The newest value, and when it was, ms UTC. */
  value: number;
  at: number;
  /** The newest volume as a multiple of the usual one, where it is known. */
  volume?: number | undefined;
}

const hour = 3_600_000;
/** Past changes that are needed at least, and past time as a multiple of what is judged. */
const enough = 24;
const history = 7;
/** A score beyond this says no more. */
const highest = 99;
/** Volumes vary far more than values: one is unusual from this multiple on. */
const muchVolume = 3;

/**
 * Unusual changes up to the newest of `points` (oldest first, at most one an hour), one for each time span judged. A
 * change r = ln(value / value before) is compared with all such changes of the past by the modified z-score
 * (r - median) / (1.4826 MAD) of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993), which past outliers do not
 * blunt; where the MAD is 0 (a peg), 1.2533 times the mean deviation stands in. A span that is not quite the one judged is scaled by
 * the square root of time. Too little past, no judgement. Pure.
 */
export function movesOf(points: readonly Point[], indicator: Indicator): Move[] {
  const newest = points.at(-1);
  if (newest === undefined) return [];
  const { name, title, about, unusual, least } = indicator;
  const volume = volumeOf(points);
  const base = { indicator: name, title, about, value: newest.value, at: newest.at };
  const moves = indicator.over.flatMap((over): Move[] => {
    const before = nearest(points, newest.at - over, over / 2);
    const past = changes(points, over);
    const first = points[0]?.at ?? newest.at;
    if (!before || past.length < enough || newest.at - first < history * over) return [];
    const span = newest.at - before.at;
    const change = Math.log(newest.value / before.value);
    const longer = Math.sqrt(span / over);
    const z = score(change / longer, past);
    const share = newest.value / before.value - 1;
    if (Math.abs(z) < unusual || Math.abs(share) * 100 < least) return [];
    const usual = Math.expm1(longer * median(past.map(Math.abs)));
    const kind = 'value' as const;
    const traded = volume && { volume: volume.ratio };
    return [{ ...base, kind, over, span, change: share, usual, z, ...traded }];
  });
  if (moves.length > 0 || !volume || volume.z < unusual || volume.ratio < muchVolume) return moves;
  const { ratio, z, at } = volume;
  const over = indicator.interval ?? 24 * hour;
  const kind = 'volume' as const;
  return [{ ...base, at, kind, over, span: over, change: ratio - 1, usual: 0, z, volume: ratio }];
}

/** The newest volume against all before. */
function volumeOf(points: readonly Point[]) {
  const known = points.flatMap(({ at, volume = 0 }) => (volume > 0 ? [{ at, volume }] : []));
  const last = known.pop();
  if (last === undefined || known.length < enough) return undefined;
  const usual = median(known.map(({ volume }) => volume));
  const z = score(
    Math.log(last.volume),
    known.map(({ volume }) => Math.log(volume)),
  );
  return { ratio: last.volume / usual, z, at: last.at };
}

/** Every change over `over` ms but those that end with the newest point, as logarithms. */
function changes(points: readonly Point[], over: number): number[] {
  return points.slice(0, -1).flatMap((point) => {
    const before = nearest(points, point.at - over, hour / 2);
    return before ? [Math.log(point.value / before.value)] : [];
  });
}

/** The point closest to a time and no further away than `most` ms. Points are in order. */
function nearest(points: readonly Point[], time: number, most: number): Point | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const away = (point: Point | undefined) => (point ? Math.abs(point.at - time) : Infinity);
  const best = away(points[low - 1]) <= away(points[low]) ? points[low - 1] : points[low];
  return away(best) <= most ? best : undefined;
}

function score(value: number, past: readonly number[]): number {
  const middle = median(past);
  const off = past.map((each) => Math.abs(each - middle));
  const mean = off.reduce((sum, each) => sum + each, 0) / off.length;
  const scale = 1.4826 * median(off) || 1.2533 * mean;
  if (value === middle) return 0;
  return Math.max(-highest, Math.min(highest, (value - middle) / scale));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
