import { bundledEmbedder } from '../../models/embeddings.ts';
import { bundledWordVectors } from '../../models/word-vectors.ts';
import type { EmbeddingCache } from '../meaning.ts';
import { bundledSimilarity, similarities } from './similarity.ts';

/**
 * How alike pairs of sentences are, 0 to 1, in order, with what the product ships; nothing is loaded when there is
 * none. It was learnt with the bundled embedder and is used with no other. Throws MODEL_FAILED when that cannot be loaded.
 */
export async function likeness(
  pairs: readonly (readonly [string, string])[],
  cache?: EmbeddingCache,
): Promise<readonly number[]> {
  if (pairs.length === 0) return [];
  const [embedder, words, fitted] = await Promise.all([
    bundledEmbedder(),
    bundledWordVectors(),
    bundledSimilarity(),
  ]);
  return similarities(pairs, embedder, words, fitted, cache);
}
