import { createTally, type Tally, type TermCount } from './tally.ts';

/**
 * One tally of what several counted apart, e.g. the shards of one network's hour. Counts add, authors join, errors add: as
 * long as no shard had to forget, it holds exactly what one pass over all posts would have; otherwise any count
 * is at most `error` lower. The order of the tallies does not matter. At most `limit` terms are kept; unless it is
 * given nothing is forgotten here, so that merging parts of parts is the same as merging all at once.
 */
export function mergeTallies(tallies: readonly Tally[], limit = Infinity): Tally {
  const merged = createTally(limit);
  for (const tally of tallies) merged.join(tally, termsOf(tally));
  if (merged.size > limit) merged.trim(limit);
  return merged;
}

/** Everything about all terms of a tally, in the order they came. */
export function* termsOf(tally: Tally): Generator<TermCount> {
  for (let row = 0; row < tally.size; row++) yield tally.termAt(row);
}

/** The same in the order of their hashes, which depends on nothing but what was counted. */
export function sortedTerms(tally: Tally): TermCount[] {
  return [...termsOf(tally)].sort((a, b) => a.high - b.high || a.low - b.low);
}

/** The most frequent terms, most frequent first. */
export function topTerms(tally: Tally, most: number): TermCount[] {
  return sortedTerms(tally)
    .sort((a, b) => b.posts - a.posts)
    .slice(0, most);
}
