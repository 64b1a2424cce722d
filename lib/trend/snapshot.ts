import type { Signal } from '../ingest/signal.ts';
import { type Bucket, type Counter, emptyBucket } from './counter.ts';
import type { Open } from './open.ts';
import { Float, floatWidth, Int, intWidth } from './table.ts';
import type { KeyAccount } from './trend.ts';

/** Everything a detector knows, as plain JSON. */
export interface Snapshot {
  version: 1;
  networks: Readonly<Record<string, NetworkSnapshot>>;
  open: readonly Open[];
  accounts: readonly KeyAccount[];
}

export interface NetworkSnapshot {
  /** Hour and day. */
  buckets: readonly Omit<Bucket, 'rows'>[];
  terms: readonly TermSnapshot[];
  recent: readonly Signal[];
  /** Most that the share of a term can be too low because it was forgotten. */
  error: number;
}

/** A term by its hash, then its last author, its two counts, how many buckets ago its past was reckoned, and its past. */
export type TermSnapshot = readonly [
  low: number,
  high: number,
  author: number,
  counts: readonly [number, number],
  lags: readonly [number, number],
  past: readonly [number, number, number, number],
];

/** Terms in the order of their hashes, so that the same knowledge is the same text. */
export function snapshotCounter(counter: Counter): NetworkSnapshot {
  const { ints, floats, capacity, holds } = counter.table;
  const rows = Array.from({ length: capacity }, (_, row) => row).filter(holds);
  const [hour, day] = counter.buckets.map(({ closed }) => closed);
  const terms = rows.map((row): TermSnapshot => {
    const at = row * intWidth;
    const past = row * floatWidth + Float.mean;
    const int = (place: number) => ints[at + place] ?? 0;
    return [
      int(Int.low),
      int(Int.high),
      int(Int.author),
      [int(Int.count), int(Int.count + 1)],
      [(hour ?? 0) - int(Int.closed), (day ?? 0) - int(Int.closed + 1)],
      floats.subarray(past, past + 4) as unknown as [number, number, number, number],
    ];
  });
  return {
    buckets: counter.buckets.map(({ number, posts, closed, before }) => ({
      number,
      posts,
      closed,
      before,
    })),
    terms: terms
      .map((term): TermSnapshot => [term[0], term[1], term[2], term[3], term[4], four(term[5])])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    recent: counter.recent.all(),
    error: counter.error,
  };
}

const four = ([a, b, c, d]: readonly [number, number, number, number]) => [a, b, c, d] as const;

/** Fills an empty counter with what was known. */
export function restoreCounter(counter: Counter, kept: NetworkSnapshot): Counter {
  const { table, buckets } = counter;
  kept.buckets.forEach((bucket, index) =>
    Object.assign(buckets[index] ?? emptyBucket(), { ...bucket, rows: [] }),
  );
  for (const [low, high, author, counts, lags, past] of kept.terms) {
    if (table.crowded) counter.makeRoom();
    const row = table.rowOf(low, high);
    const at = row * intWidth;
    table.ints[at + Int.author] = author;
    for (const index of [0, 1] as const) {
      table.ints[at + Int.count + index] = counts[index];
      table.ints[at + Int.closed + index] = (buckets[index]?.closed ?? 0) - lags[index];
      if (counts[index] > 0) buckets[index]?.rows.push(row);
    }
    table.floats.set(past, row * floatWidth + Float.mean);
  }
  for (const signal of kept.recent) counter.relink(signal);
  counter.error = kept.error;
  return counter;
}
