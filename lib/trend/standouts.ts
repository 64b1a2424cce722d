import type { Running } from './counter.ts';
import type { Past } from './past.ts';
import { countTogether } from './sketch/authors.ts';
import { Place, rowWidth } from './sketch/rows.ts';
import type { Tally } from './sketch/tally.ts';
import { heard, surprise, weights } from './surprise.ts';

/** By the hour for what breaks out, by the day for what builds up. */
export type Scale = 'hour' | 'day';

/** A term that is posted about more than usual. */
export interface Candidate {
  low: number;
  high: number;
  /** One of `Kind`. */
  kind: number;
  term: string;
  score: number;
  /** Posts that count, and those to be expected, at the scale at which it stands out most. */
  posts: number;
  expected: number;
  scale: Scale;
}

const hour = 3_600_000;
const both: readonly Scale[] = ['hour', 'day'];
/** Days of a network's past before the time of the day is respected: one morning makes no custom. */
const leastDays = 2;

/** What `standouts` looks at; by the hour and by the day unless said otherwise. */
export interface Look {
  scales?: readonly Scale[];
  /** All terms of the day, and not only those of its running hour. */
  whole?: boolean;
  /** Least score; 0 unless said. What is below costs little. */
  least?: number;
}

/**
 * Terms that were posted about more than usual in the running hour or in its day, most unusual first. What is usual is
 * the greatest of: the mean of the days before, the same day of the week or time of the day, and, for an hour, the day up to
 * then together with the day before; and one post among all that were ever seen, because what is not known may have been.
 */
export function standouts(running: Running, past: Past, look: Look = {}): Candidate[] {
  const { now, today } = running;
  const { scales = both, whole = false, least = 0 } = look;
  const found: Candidate[] = [];
  const consider = (inHour: number, inDay: number) => {
    const candidate = candidateOf(running, past, { inHour, inDay }, scales, least);
    if (candidate !== undefined) found.push(candidate);
  };
  const { ints, size } = now;
  const { atMost } = running;
  // Numbers of its own: what another file exports is looked up anew at each use.
  const [width, High, Posts, Source] = [rowWidth, Place.high, Place.posts, Place.source];
  const fewest = weights.map(({ least }) => least);
  for (let row = 0; row < size; row++) {
    const at = row * width;
    const posts = (ints[at + Posts] ?? 0) + (atMost[(ints[at + High] ?? 0) & 0xffff] ?? 0);
    const kind = (ints[at + Source] ?? 0) & 7;
    if (posts >= (fewest[kind] ?? 0)) consider(row, rowIn(today, now, row));
  }
  for (let row = 0; whole && row < today.size; row++)
    if (rowIn(now, today, row) === -1) consider(-1, row);
  return found.sort((a, b) => b.score - a.score || a.high - b.high || a.low - b.low);
}

/** Where a term of one tally stands in another, or -1. */
function rowIn(tally: Tally, other: Tally, row: number): number {
  const at = row * rowWidth;
  return tally.find(other.ints[at + Place.low] ?? 0, other.ints[at + Place.high] ?? 0);
}

function candidateOf(
  { now, today, hour: number }: Running,
  past: Past,
  { inHour, inDay }: { inHour: number; inDay: number },
  scales: readonly Scale[],
  least: number,
): Candidate | undefined {
  const [tally, row] = inHour === -1 ? [today, inDay] : [now, inHour];
  const at = row * rowWidth;
  const kind = (tally.ints[at + Place.source] ?? 0) & 7;
  const weight = weights[kind];
  const posts = postsOf(now, inHour);
  const earlier = postsOf(today, inDay);
  if (weight === undefined || posts + earlier < weight.least) return undefined;
  const low = tally.ints[at + Place.low] ?? 0;
  const high = tally.ints[at + Place.high] ?? 0;
  const known = past.find(low, high);
  const mean = past.share(known);
  const start = number * hour;
  let best: Omit<Candidate, 'term'> | undefined;
  for (const scale of scales) {
    const byHour = scale === 'hour';
    const most = byHour ? posts : posts + earlier;
    const total = now.posts + (byHour ? 0 : today.posts);
    const seen = past.days.total + (byHour ? today.posts : 0);
    // Before there is any past, everything would be new.
    if (most < weight.least || seen === 0) continue;
    let usual = Math.max(mean, 1 / seen);
    if (byHour) {
      const lately = (earlier + past.yesterday(known)) / (today.posts + past.days.posts);
      usual = Math.max(usual, lately);
    }
    // What follows can only lower it, and is looked at for few.
    if (surprise(most, usual * total, total, weight) < least) continue;
    const count = heardIn(now, inHour, today, byHour ? -1 : inDay);
    if (count < weight.least) continue;
    if (!byHour) usual = Math.max(usual, past.weekday(known, start));
    else if (past.days.closed >= leastDays) usual = Math.max(usual, past.hourOfDay(known, start));
    const expected = usual * total;
    const score = surprise(count, expected, total, weight);
    if (score > (best?.score ?? 0))
      best = { low, high, kind, scale, posts: count, expected, score };
  }
  return best && best.score >= least ? { ...best, term: tally.read(row) } : undefined;
}

const knownOf = ({ ints }: Tally, row: number): number =>
  row === -1 ? 0 : (ints[row * rowWidth + Place.known] ?? 0);

const postsOf = ({ ints }: Tally, row: number): number =>
  row === -1 ? 0 : (ints[row * rowWidth + Place.posts] ?? 0);

/** Posts that count in an hour and the day before it together; row -1 is none. */
function heardIn(now: Tally, inHour: number, today: Tally, inDay: number): number {
  const posts = postsOf(now, inHour) + postsOf(today, inDay);
  const known = knownOf(now, inHour) + knownOf(today, inDay);
  if (known === 0) return posts;
  const sketches = [
    ...(inHour === -1 ? [] : [now.sketchOf(inHour)]),
    ...(inDay === -1 ? [] : [today.sketchOf(inDay)]),
  ];
  return heard(posts, known, countTogether(sketches));
}
