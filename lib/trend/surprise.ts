import { Kind } from './terms/kinds.ts';

/**
 * What a kind of term has to bring to be heard: the fewest posts, and posts it is doubted by. Who sets a hashtag, a ticker or a link
 * says what the post is about, so that two who do so say more than five posts that share a word.
 */
export interface Weight {
  least: number;
  doubt: number;
}

const word: Weight = { least: 5, doubt: 5 };
const label: Weight = { least: 2, doubt: 1 };

/** By kind of term. */
export const weights: readonly Weight[] = Object.entries(Kind)
  .sort(([, a], [, b]) => a - b)
  .map(([kind]) => {
    if (kind === 'hashtag' || kind === 'cashtag') return label;
    return kind === 'link' ? { least: 3, doubt: 2 } : word;
  });

/** Share of all posts that a term is doubted by: in a large source a handful is nothing. SigniTrend calls it bias. */
const bias = 0.0004;
/** Between 0.5, deviations of chance (Poisson), which prefers the large, and 1, the plain ratio, which prefers the rare. */
const power = 0.9;

/**
 * How far `posts` are above what was `expected` among `total` posts:
 *
 *     (posts - expected) / (expected + doubt + bias total) ^ 0.9
 *
 * A power between the significance of a count (Schubert, Weiler, Kriegel, "SigniTrend", KDD 2014) and its ratio to the
 * mean. Below 0 for less than expected; comparable between terms, hours and days of one source.
 */
export function surprise(posts: number, expected: number, total: number, weight: Weight): number {
  return (posts - expected) / (expected + weight.doubt + bias * total) ** power;
}

/** Posts by one voice that count: who says it ten times over counts as two. */
const most = 2;

/**
 * Posts that count: of those whose author is known at most two each, because many voices are a trend and one loud voice is
 * not. Where a source names channels and no authors (boards, feeds), these are the voices.
 */
export function heard(posts: number, known: number, voices: number): number {
  return posts - known + Math.min(known, most * voices);
}
