/** Counting by the hour or by the day. `decay` is what is left of the past after one more bucket. */
export interface Scale {
  /** Length of a bucket, ms. Buckets begin at multiples of it, UTC. */
  length: number;
  decay: number;
  /** Fewest posts in a bucket that can be a burst. */
  posts: number;
  /** What the score is multiplied with, so that scales can be compared. */
  weight: number;
}

/** The past of one term: decayed first and second moments of its frequency (share of posts), over closed buckets. */
export interface Past {
  mean: number;
  square: number;
  /** Posts in all closed buckets. */
  posts: number;
}

/** As if this many posts had been seen before the first: a term in 2 % of the first posts is nothing yet. */
const leastPast = 150;

/**
 * How unusual `posts` of `total` are, in standard deviations, given the past. After SigniTrend (Schubert, Weiler,
 * Kriegel, KDD 2014): (x - max(mean, bias)) / (deviation + bias), where the bias keeps rare terms from being
 * significant by chance; the deviation also holds the sampling error of a share measured on `total` posts, so that
 * a bucket that has only begun says little. A share of which nothing is known may be as high as 3/n after n posts without
 * it (the "rule of three", 95 %), which keeps quiet about everyday words as long as there is little past to know them by.
 */
export function significance(posts: number, total: number, past: Past, bias: number): number {
  const floor = Math.max(bias, 3 / (past.posts + leastPast));
  const usual = Math.max(past.mean, floor);
  const variance = Math.max(0, past.square - past.mean * past.mean);
  return (posts / total - usual) / (Math.sqrt(variance + usual / total) + floor);
}

/**
 * A function that says what is left after so many buckets without the term. Tabulated: powers are what closing a bucket
 * would spend most of its time on.
 */
export function fadeOf(decay: number): (buckets: number) => number {
  const powers = Float64Array.from({ length: 1024 }, (_, buckets) => decay ** buckets);
  return (buckets) => powers[buckets] ?? decay ** buckets;
}
