import type { Signal } from '../ingest/signal.ts';
import type { DetectorOptions } from './options.ts';
import { createRecent } from './recent.ts';
import { fadeOf, significance } from './scale.ts';
import { createTable, Float, floatWidth, Int, intWidth } from './table.ts';
import { createScanner } from './terms.ts';

/** One scale's running bucket. */
export interface Bucket {
  /** Number of the bucket since 1970, -1 before the first post. */
  number: number;
  posts: number;
  /** Buckets closed so far, those without a single post left out: a pause of ours is no silence of the others. */
  closed: number;
  /** Posts in closed buckets. */
  before: number;
  /** Rows counted in it. */
  rows: number[];
}

/** A term that is posted about more than usual. */
export interface Burst {
  low: number;
  high: number;
  head: number;
  score: number;
  /** Posts to be expected in the bucket it stands out in. */
  expected: number;
}

export const emptyBucket = (): Bucket => ({ number: -1, posts: 0, closed: 0, before: 0, rows: [] });

/** Counts the terms of one network by the hour and by the day. */
export function createCounter(options: DetectorOptions) {
  const { scales, bias } = options;
  const table = createTable(options.terms);
  const recent = createRecent(options.recent);
  const scan = createScanner();
  const fades = [fadeOf(scales[0].decay), fadeOf(scales[1].decay)] as const;
  const buckets: Bucket[] = scales.map(emptyBucket);
  /** Most that the share of a term can be too low because it was forgotten. */
  let error = 0;

  /** Moves what was counted in the running bucket into the past. */
  function close(index: 0 | 1): void {
    const bucket = buckets[index];
    if (!bucket || bucket.posts === 0) return;
    const { decay } = scales[index];
    const fade = fades[index];
    const { ints, floats } = table;
    for (const row of bucket.rows) {
      const at = row * intWidth + index;
      const past = row * floatWidth + Float.mean + 2 * index;
      const share = (ints[at + Int.count] ?? 0) / bucket.posts;
      const kept = fade(bucket.closed + 1 - (ints[at + Int.closed] ?? 0));
      floats[past] = (floats[past] ?? 0) * kept + (1 - decay) * share;
      floats[past + 1] = (floats[past + 1] ?? 0) * kept + (1 - decay) * share * share;
      ints[at + Int.count] = 0;
      ints[at + Int.closed] = bucket.closed + 1;
    }
    bucket.closed += 1;
    bucket.before += bucket.posts;
    bucket.posts = 0;
    bucket.rows = [];
  }

  /** Closes every bucket that is over at `now`. Time does not run backwards: a late post counts where the clock stands. */
  function advance(now: number): void {
    for (const index of [0, 1] as const) {
      const bucket = buckets[index];
      const number = Math.floor(now / scales[index].length);
      if (!bucket || number <= bucket.number) continue;
      close(index);
      bucket.number = number;
    }
  }

  /** Share of posts that held the term on an average day, today included. */
  function worth(row: number): number {
    const day = buckets[1] ?? emptyBucket();
    const at = row * intWidth + 1;
    const mean = table.floats[row * floatWidth + Float.mean + 2] ?? 0;
    const past = mean * fades[1](day.closed - (table.ints[at + Int.closed] ?? 0));
    return past + (table.ints[at + Int.count] ?? 0) / Math.max(1, day.posts);
  }

  /** Makes room for more terms; when there is as much as may be, forgets the rarer half. */
  function makeRoom(): void {
    let least = 0;
    if (table.full) {
      const sample: number[] = [];
      for (let row = 0; row < table.capacity; row += 8)
        if (table.holds(row)) sample.push(worth(row));
      least = sample.sort((a, b) => a - b)[sample.length >> 1] ?? 0;
      error += least;
    }
    const moved = table.resize((row) => least === 0 || worth(row) > least);
    for (const bucket of buckets)
      bucket.rows = bucket.rows.map((row) => moved[row] ?? -1).filter((row) => row !== -1);
  }

  return {
    table,
    makeRoom,
    recent,
    buckets,
    advance,
    get error() {
      return error;
    },
    set error(value) {
      error = value;
    },
    add(signal: Signal): void {
      advance(signal.at);
      const author = signal.author === undefined ? 0 : hash(signal.author);
      recent.add(signal);
      const [hour, day] = buckets;
      if (!hour || !day) return;
      hour.posts += 1;
      day.posts += 1;
      const terms = scan(signal.text, signal.tags);
      for (let index = 0; index < terms.count; index++) {
        if (table.crowded) makeRoom();
        const row = table.rowOf(terms.low[index] ?? 0, terms.high[index] ?? 0);
        const at = row * intWidth;
        const { ints } = table;
        const head = ints[at + Int.head] ?? -1;
        if (recent.holdsNewest(head)) continue;
        ints[at + Int.head] = recent.link(head);
        // Somebody who says it over and over is counted once, until somebody else says it.
        if (author !== 0 && ints[at + Int.author] === author) continue;
        ints[at + Int.author] = author;
        const count = at + Int.count;
        if (ints[count] === 0) hour.rows.push(row);
        if (ints[count + 1] === 0) day.rows.push(row);
        ints[count] = (ints[count] ?? 0) + 1;
        ints[count + 1] = (ints[count + 1] ?? 0) + 1;
      }
    },
    /** Puts a post back that was counted before. */
    relink(signal: Signal): void {
      recent.add(signal);
      const terms = scan(signal.text, signal.tags);
      for (let index = 0; index < terms.count; index++) {
        const row = table.find(terms.low[index] ?? 0, terms.high[index] ?? 0);
        const head = table.ints[row * intWidth + Int.head] ?? -1;
        if (row !== -1 && !recent.holdsNewest(head))
          table.ints[row * intWidth + Int.head] = recent.link(head);
      }
    },
    /** Terms of the last hour that are posted about more than usual, by the hour or by the day. */
    bursts(): Burst[] {
      const found: Burst[] = [];
      const { ints, floats } = table;
      for (const row of buckets[0]?.rows ?? []) {
        let score = 0;
        let expected = 0;
        for (const index of [0, 1] as const) {
          const { posts: least, weight } = scales[index];
          const at = row * intWidth + index;
          const count = ints[at + Int.count] ?? 0;
          const bucket = buckets[index];
          if (!bucket || count < Math.min(least, fewest(bucket.posts, options.voices))) continue;
          // The past began at zero: what is missing to a whole past is made up for.
          const whole = 1 - fades[index](bucket.closed);
          const since = fades[index](bucket.closed - (ints[at + Int.closed] ?? 0));
          const kept = whole === 0 ? 0 : since / whole;
          const from = row * floatWidth + 2 * index;
          const mean = (floats[from + Float.mean] ?? 0) * kept;
          const square = (floats[from + Float.square] ?? 0) * kept;
          const past = { mean, square, posts: bucket.before };
          const here = weight * significance(count, bucket.posts, past, bias);
          if (here <= score) continue;
          score = here;
          expected = mean * bucket.posts;
        }
        if (score < options.threshold) continue;
        const at = row * intWidth;
        const [low = 0, high = 0, head = -1] = ints.subarray(at, at + 3);
        found.push({ low, high, head, score, expected });
      }
      return found.sort((a, b) => b.score - a.score || a.low - b.low || a.high - b.high);
    },
    /** How a term is written in the post with this number. */
    scan,
  };
}
export type Counter = ReturnType<typeof createCounter>;

/** Fewest posts that can be a burst in a small source, such as a few feeds: 5 % of them, and more than the voices. */
const fewest = (posts: number, voices: number) => Math.max(voices + 1, Math.ceil(posts / 20));

/** 32 bits of a name; never 0, which stands for nobody known. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at++)
    value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return value | 1;
}
