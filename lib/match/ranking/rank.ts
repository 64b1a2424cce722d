import type { Embedder } from '../../models/model.ts';
import { embedCached, type EmbeddingCache } from '../meaning.ts';
import { bestOf, featuresOf, fusedScores, poolOf, raritiesOf, weigh } from './ranking.ts';
import { cosine } from './semantic.ts';
import { commonWords } from './tokens.ts';

/** Cosine with the query from which on a text has a meaning in common with it; see docs/trends.md. */
export const leastMeaning = 0.35;
/** Texts below which the best ones are too few to tell what the others should mean: words give the order. */
const fewest = 12;

/** A text that has something in common with a query. */
export interface Ranked {
  /** Its place among the texts given. */
  index: number;
  /** Greater is better; comparable within one call only. */
  score: number;
}

/**
 * Texts that share a word with a query (its stem; common words do not count) or mean something near it, best first, with
 * what was learnt from people's judgements of TREC Microblog 2011 and 2012. Without an embedder words alone decide;
 * with few texts they give the order. At most 80 texts are embedded, those with the best words. The same input gives the
 * same order. Throws what the embedder throws.
 */
export async function rankTexts(
  query: string,
  texts: readonly string[],
  embedder?: Embedder,
  cache: EmbeddingCache = new Map(),
): Promise<readonly Ranked[]> {
  if (texts.length === 0) return [];
  const { default: fit } = await import('./fits.json', { with: { type: 'json' } });
  const [ranking] = fit.fits;
  const pool = poolOf(query, texts);
  const [rarity] = raritiesOf([pool]);
  if (!ranking || !rarity || pool.query.words.length === 0) return [];
  const features = featuresOf(pool, rarity);
  const byWords = features.map((each) => weigh(each, ranking.lexical));
  // Short queries keep their common words, which every text says.
  const telling = pool.query.telling.filter((stem) => !commonWords.has(stem));
  const says = (index: number) =>
    telling.some((stem) => pool.candidates[index]?.tokens.counts.has(stem));
  const compared = embedder ? bestOf(byWords) : [];
  const [asked = new Float32Array(), ...vectors] = embedder
    ? await embedCached([query, ...compared.map((index) => texts[index] ?? '')], embedder, cache)
    : [];
  const near = new Map(
    compared.map((index, at) => [index, vectors[at] ?? new Float32Array()] as const),
  );
  const means = (index: number) => cosine(asked, near.get(index) ?? asked.subarray(0, 0));
  const scores = near.size < fewest ? byWords : fusedScores(byWords, asked, near, ranking.semantic);
  return bestOf(scores, scores.length)
    .filter((index) => says(index) || means(index) >= leastMeaning)
    .map((index) => ({ index, score: scores[index] ?? 0 }));
}
