import type { Embedder } from '../../models/model.ts';
import type { WordVectors } from '../../models/word-vectors.ts';
import { embedCached, type EmbeddingCache } from '../meaning.ts';
import { type Sentence, pairFeatures } from './pair.ts';
import { answerOf, readTree, type Trees } from './trees.ts';

/** What was learnt from people's judgements. */
export interface Judgement {
  trees: Trees;
  /** How much each number of two vectors' product tells, and what stands for none: one more feature. */
  product: { base: number; weights: readonly number[] };
}

/** Every feature of a pair: those of `pairFeatures` and the weighed product of the vectors. */
export function featuresOf(
  a: Sentence,
  b: Sentence,
  words: WordVectors,
  product: Judgement['product'],
): number[] {
  const weighed = product.weights.reduce(
    (sum, weight, at) => sum + weight * (a.vector[at] ?? 0) * (b.vector[at] ?? 0),
    product.base,
  );
  return [...pairFeatures(a, b, words), weighed];
}

/**
 * How alike two sentences are, 0 (nothing in common) to 1 (the same), with what `fitted` learnt from people's
 * judgements (STS Benchmark, Cer et al. 2017). Symmetric; the same input gives the same number.
 */
export function similarityOf(
  a: Sentence,
  b: Sentence,
  words: WordVectors,
  fitted: Judgement,
): number {
  return Math.min(1, Math.max(0, answerOf(fitted.trees, featuresOf(a, b, words, fitted.product))));
}

/** What the product ships, read when first used. */
export async function bundledSimilarity(): Promise<Judgement> {
  const { default: fit } = await import('./fit.json', { with: { type: 'json' } });
  return { trees: { base: fit.base, trees: fit.trees.map(readTree) }, product: fit.product };
}

/** Similarities of pairs of texts, in order. Embeds each text once. Throws what the embedder throws. */
export async function similarities(
  pairs: readonly (readonly [string, string])[],
  embedder: Embedder,
  words: WordVectors,
  fitted: Judgement,
  cache: EmbeddingCache = new Map(),
): Promise<number[]> {
  const texts = [...new Set(pairs.flat())];
  const vectors = await embedCached(texts, embedder, cache);
  const vectorOf = new Map(texts.map((text, at) => [text, vectors[at] ?? new Float32Array()]));
  const sentence = (text: string) => ({ text, vector: vectorOf.get(text) ?? new Float32Array() });
  return pairs.map(([a, b]) => similarityOf(sentence(a), sentence(b), words, fitted));
}
