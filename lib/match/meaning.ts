import type { Embedder } from '../models/model.ts';
import type { Trend } from '../trend/trend.ts';

/** Vectors by text, kept by the caller across calls; bounded by `mostCached`. */
export type EmbeddingCache = Map<string, Float32Array>;
const mostCached = 5000;

/** What of a trend is compared by meaning: its name and two posts, without links. */
export function trendText(trend: Trend): string {
  const posts = trend.evidence.slice(0, 2).map(({ excerpt }) => excerpt);
  return [trend.name, ...posts]
    .join('. ')
    .replace(/https?:\/\/\S+/g, '')
    .slice(0, 300);
}

/** Vectors of texts in order; only those that are not in the cache are computed. */
export async function embedCached(
  texts: readonly string[],
  embedder: Embedder,
  cache: EmbeddingCache,
): Promise<readonly Float32Array[]> {
  const key = (text: string) => `${embedder.name}\n${text}`;
  const missing = [...new Set(texts)].filter((text) => !cache.has(key(text)));
  const vectors = missing.length === 0 ? [] : await embedder.embed(missing);
  const fresh = new Map(missing.map((text, index) => [text, vectors[index]]));
  const found = texts.map((text) => cache.get(key(text)) ?? fresh.get(text) ?? new Float32Array());
  for (const [text, vector] of fresh) if (vector) cache.set(key(text), vector);
  for (const oldest of cache.keys()) {
    if (cache.size <= mostCached) break;
    cache.delete(oldest);
  }
  return found;
}

/**
 * 0 to 1 of the cosine of two unit vectors. MiniLM gives unrelated texts about 0 to 0.15 and texts on one subject 0.35
 * and more; between 0.15 and 0.55 the score rises evenly.
 */
export function meaningScore(a: Float32Array, b: Float32Array): { cosine: number; score: number } {
  let cosine = 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) cosine += (a[index] ?? 0) * (b[index] ?? 0);
  return { cosine, score: Math.min(1, Math.max(0, (cosine - 0.15) / 0.4)) };
}
