import { fadeOf } from './fade.ts';
import { createSeasons, type KeptSeasons, hourOf, type Season, weekdayOf } from './seasons.ts';
import { createRows } from './sketch/rows.ts';

/** Places in a row of the past: the term's hash, its mean share, the day that was reckoned for, its posts on that day. */
const Place = { low: 0, high: 1, mean: 2, closed: 3, last: 4, season: 5 } as const;
const width = 8;

/** What is left of a day's weight after one more day: half after 14 days. */
const decay = 0.5 ** (1 / 14);
const fade = fadeOf(decay);

/** A day that ends: when it began (ms UTC), and how many posts it had. */
export interface End {
  start: number;
  total: number;
}

/** Days that are over, of one network. */
export interface Days {
  /** How many there were; those without a single post left out: a pause of ours is no silence of the others. */
  closed: number;
  /** Posts of the last one, and of all. */
  posts: number;
  total: number;
}

/** A past as it is kept between runs. */
export interface KeptPast {
  days: Days;
  error: number;
  /** Its rows, 8 numbers each. */
  ints: Int32Array;
  seasons: KeptSeasons;
}

/**
 * The past of a network's terms, day by day: the mean share of posts that held a term, with a half-life of 14 days, its posts on
 * the last day, and, of those that once stood out, what is usual at each day of the week and time of the day. Bounded: of more
 * than `limit` terms the rarer half is forgotten; `error` says by how much a share can be too low because of it.
 */
export function createPast(limit: number, kept?: KeptPast) {
  const rows = createRows();
  let floats = new Float32Array(rows.ints.buffer);
  const seasons = createSeasons(kept?.seasons);
  const days: Days = { ...(kept?.days ?? { closed: 0, posts: 0, total: 0 }) };
  let error = kept?.error ?? 0;
  for (let from = 0; from < (kept?.ints.length ?? 0); from += width) {
    const ints = kept?.ints.subarray(from, from + width) ?? [];
    const row = rows.rowOf(ints[Place.low] ?? 0, ints[Place.high] ?? 0);
    rows.ints.set(ints, row * width);
  }

  const view = () => {
    if (floats.buffer !== rows.ints.buffer) floats = new Float32Array(rows.ints.buffer);
    return floats;
  };
  const shareOf = (row: number): number => {
    const at = row * width;
    const mean = view()[at + Place.mean] ?? 0;
    return mean * fade(days.closed - (rows.ints[at + Place.closed] ?? 0));
  };

  function forget(): void {
    const shares = Float64Array.from({ length: rows.size }, (_, row) => shareOf(row));
    const least = shares.toSorted()[rows.size >> 1] ?? 0;
    error += least;
    const kept: number[] = [];
    shares.forEach((share, row) => {
      if (share > least) kept.push(row);
    });
    const { ints } = rows;
    seasons.keep(
      kept.map((row) => (ints[row * width + Place.season] ?? 0) - 1).filter((place) => place >= 0),
    );
    rows.keep(kept);
    let place = 0;
    for (let row = 0; row < rows.size; row++) {
      const at = row * width + Place.season;
      if ((rows.ints[at] ?? 0) > 0) rows.ints[at] = ++place;
    }
  }

  return {
    days,
    get size() {
      return rows.size;
    },
    /** Most that a mean share is too low. */
    get error() {
      return error;
    },
    kept: (): KeptPast => ({
      days: { ...days },
      error,
      ints: rows.ints.slice(0, rows.size * width),
      seasons: seasons.kept(),
    }),
    /** Row of a term, or -1: then nothing is known of it. */
    find: rows.find,
    /** Mean share over the days, the older the less; 0 before the first. */
    share: (row: number): number =>
      row === -1 || days.closed === 0 ? 0 : shareOf(row) / (1 - fade(days.closed)),
    /** Posts on the last day that is over. */
    yesterday(row: number): number {
      const at = row * width;
      return row !== -1 && rows.ints[at + Place.closed] === days.closed
        ? (rows.ints[at + Place.last] ?? 0)
        : 0;
    },
    /** What is usual on this day of the week, and at this time of the day; 0 where nothing is known. */
    weekday: (row: number, at: number): number => seasonal(row, 'weekday', weekdayOf(at)),
    hourOfDay: (row: number, at: number): number => seasonal(row, 'hour', hourOf(at)),
    /**
     * Takes the posts of a term on the day that `close` ends then, which began at `start` (ms UTC). Of a `regular` term what is
     * usual by weekday and hour of the day is kept from then on.
     */
    add(term: { low: number; high: number }, posts: number, end: End, regular: boolean): void {
      if (rows.size >= limit) forget();
      const row = rows.rowOf(term.low, term.high);
      const at = row * width;
      const { ints } = rows;
      const share = posts / end.total;
      const kept = fade(days.closed + 1 - (ints[at + Place.closed] ?? 0));
      const means = view();
      means[at + Place.mean] = (means[at + Place.mean] ?? 0) * kept + (1 - decay) * share;
      ints[at + Place.closed] = days.closed + 1;
      ints[at + Place.last] = posts;
      if (regular && ints[at + Place.season] === 0) ints[at + Place.season] = seasons.place() + 1;
      const place = (ints[at + Place.season] ?? 0) - 1;
      if (place >= 0) seasons.add(place, 'weekday', weekdayOf(end.start), share);
    },
    /** Takes the share of a term in the hour that began at `start`, if it is a regular one. */
    addHour(row: number, start: number, share: number): void {
      const place = row === -1 ? -1 : (rows.ints[row * width + Place.season] ?? 0) - 1;
      if (place >= 0) seasons.add(place, 'hour', hourOf(start), share);
    },
    closeHour(start: number): void {
      seasons.close('hour', hourOf(start));
    },
    /** Ends a day; its terms were added before. */
    close({ start, total }: End): void {
      days.closed += 1;
      days.posts = total;
      days.total += total;
      seasons.close('weekday', weekdayOf(start));
    },
  };

  function seasonal(row: number, season: Season, slot: number): number {
    const place = row === -1 ? 0 : (rows.ints[row * width + Place.season] ?? 0);
    return place === 0 ? 0 : seasons.share(place - 1, season, slot);
  }
}
export type Past = ReturnType<typeof createPast>;
