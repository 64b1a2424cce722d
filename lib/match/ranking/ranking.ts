import { type Collection, collectionOf, joined, type Rarity, rarityIn } from './collection.ts';
import { type Candidate, type Features, lexicalFeatures } from './features.ts';
import { semanticFeatures } from './semantic.ts';
import { joinedPairs, tokensOf } from './tokens.ts';
import { type Query, queryOf } from './wording.ts';

/** How much one of each feature adds to a score. */
export type Weights = Readonly<Record<string, number>>;

/** The two stages of a ranking: words for every candidate, meaning for the best of them. */
export interface Ranking {
  lexical: Weights;
  semantic: Weights;
}

/** A query and the texts to rank for it, ready to be scored. */
export interface Pool {
  query: Query;
  candidates: readonly Candidate[];
  counts: Collection;
}

/** Best candidates compared by meaning; each costs an embedding. */
export const mostCompared = 80;

export function poolOf(query: string, texts: readonly string[]): Pool {
  const made = queryOf(query);
  const pairs = joinedPairs(made.words);
  const candidates = texts.map((text) => ({ text, tokens: tokensOf(text, pairs) }));
  return { query: made, candidates, counts: collectionOf(candidates.map(({ tokens }) => tokens)) };
}

/** How rare words are for each pool: as the other pools have it, or its own when it is the only one. */
export function raritiesOf(pools: readonly Pool[]): Rarity[] {
  const all = joined(pools.map(({ counts }) => counts));
  return pools.map(({ counts }) => rarityIn(all, pools.length > 1 ? counts : undefined));
}

export const featuresOf = ({ query, candidates }: Pool, rarity: Rarity): Features[] =>
  lexicalFeatures(query, candidates, rarity);

/** Sum of features by weight; what has no weight counts nothing. */
export const weigh = (features: Features, weights: Weights): number =>
  Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (features[name] ?? 0), 0);

/** Indices of the candidates to compare by meaning, best first. */
export const bestOf = (scores: readonly number[], most = mostCompared): number[] =>
  [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, most);

/**
 * Scores in the order of the candidates, greater is better: those with a vector by words and meaning, all of them above the
 * others, which keep their score by words.
 */
export function fusedScores(
  scores: readonly number[],
  query: Float32Array,
  vectors: ReadonlyMap<number, Float32Array>,
  weights: Weights,
): number[] {
  const compared = new Map(
    [...semanticFeatures(query, scores, vectors)].map(([at, features]) => [
      at,
      weigh(features, weights),
    ]),
  );
  const lowest = Math.min(...compared.values());
  const rest = scores.filter((_, at) => !compared.has(at));
  const lift = compared.size === 0 ? 0 : lowest - Math.max(...rest) - 1;
  return scores.map((score, at) => compared.get(at) ?? score + (rest.length === 0 ? 0 : lift));
}
