/** What a plain method is told of a term: its posts now, in the period before, and in all periods of its window. */
export interface Counted {
  posts: number;
  /** All posts of the period, and of the window. */
  total: number;
  windowTotal: number;
  before: number;
  window: number;
  /** Periods in the window; fewer at the beginning. */
  periods: number;
}

/** A published or obvious way to score a term, and the scores above which it may be asked to speak. */
export interface Plain {
  name: string;
  score: (counted: Counted) => number;
  /** Tried one after another; the best for it counts. */
  cuts: readonly number[];
}

/** Methods that ours has to beat, all on the same terms. */
export const plainMethods: readonly Plain[] = [
  { name: 'raw counts', score: ({ posts }) => posts, cuts: [0, 5, 10] },
  {
    // app/models/trends/tags.rb
    name: "Mastodon's formula",
    score({ posts, before }) {
      const expected = Math.max(1, before);
      return posts < 5 || posts <= expected ? 0 : (posts - expected) ** 2 / expected;
    },
    cuts: [0],
  },
  {
    name: 'Poisson',
    score(counted) {
      const mean = Math.max(meanOf(counted), 0.5);
      return (counted.posts - mean) / Math.sqrt(mean);
    },
    cuts: [0, 2, 3, 5],
  },
  {
    // Dunning 1993, one-sided.
    name: 'G2',
    score({ posts, total, window, windowTotal }) {
      if (windowTotal === 0 || posts / total <= window / windowTotal) return 0;
      const share = (posts + window) / (total + windowTotal);
      const part = (k: number, n: number) => (k === 0 ? 0 : k * Math.log(k / (n * share)));
      return 2 * (part(posts, total) + part(window, windowTotal));
    },
    cuts: [0, 6.6, 10.8, 20],
  },
  {
    name: 'ratio to the mean plus 5',
    score: (counted) => counted.posts / (meanOf(counted) + 5),
    cuts: [0, 0.5, 0.7, 1],
  },
];

const meanOf = ({ window, periods }: Counted) => (periods === 0 ? 0 : window / periods);

/** Counts of the last periods, for the plain methods. Exact and in as much memory as it takes. */
export function createWindow(length: number) {
  const periods: { counts: ReadonlyMap<string, number>; total: number }[] = [];
  const sums = new Map<string, number>();
  let windowTotal = 0;
  const add = (counts: ReadonlyMap<string, number>, sign: 1 | -1) => {
    for (const [term, count] of counts) {
      const sum = (sums.get(term) ?? 0) + sign * count;
      if (sum === 0) sums.delete(term);
      else sums.set(term, sum);
    }
  };
  return {
    of: (term: string, posts: number, total: number): Counted => ({
      posts,
      total,
      windowTotal,
      before: periods.at(-1)?.counts.get(term) ?? 0,
      window: sums.get(term) ?? 0,
      periods: periods.length,
    }),
    /** Ends a period. */
    push(counts: ReadonlyMap<string, number>, total: number): void {
      periods.push({ counts, total });
      windowTotal += total;
      add(counts, 1);
      if (periods.length <= length) return;
      const oldest = periods.shift();
      if (oldest === undefined) return;
      windowTotal -= oldest.total;
      add(oldest.counts, -1);
    },
  };
}

/** Terms by score, greatest first, above a cut. */
export function ranked(
  scores: Iterable<readonly [term: string, score: number]>,
  cut = 0,
): string[] {
  return [...scores]
    .filter(([, score]) => score > cut)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([term]) => term);
}
