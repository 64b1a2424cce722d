import { embeddingKey } from '../models/embedding-key.ts';
import type { Embedder } from '../models/model.ts';
import type { Trend } from '../trend/trend.ts';
import { cosine } from './ranking/semantic.ts';

/** Vectors by `embeddingKey`, those used last at the end; kept by the caller across calls, bounded by `mostCached`. */
export type EmbeddingCache = Map<string, Float32Array>;
const mostCached = 5000;
/** Posts of a trend compared by meaning; each costs an embedding. */
const mostPosts = 3;

/** What of a trend is compared by meaning: its first posts without links and names, or its own name when there is none. */
export function textsOf(trend: Pick<Trend, 'name' | 'evidence'>): string[] {
  const posts = trend.evidence.slice(0, mostPosts).map(({ excerpt }) =>
    excerpt
      .replace(/https?:\/\/\S+|(?<!\S)@[\w.:-]+/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const said = posts.filter((post) => post !== '');
  return said.length > 0 ? said : [trend.name];
}

/** Sentences of a topic; what a trend reads like is one of them. */
export function sentencesOf(about: string, language = 'en'): string[] {
  const parts = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(about)];
  const sentences = parts.map(({ segment }) => segment.trim()).filter((each) => each !== '');
  return sentences.length > 0 ? sentences : [about];
}

/** Vectors of texts in order; only those that are not in the cache are computed. */
export async function embedCached(
  texts: readonly string[],
  embedder: Embedder,
  cache: EmbeddingCache,
): Promise<readonly Float32Array[]> {
  const key = (text: string) => embeddingKey(embedder.name, text);
  const missing = [...new Set(texts)].filter((text) => !cache.has(key(text)));
  const vectors = missing.length === 0 ? [] : await embedder.embed(missing);
  const fresh = new Map(missing.map((text, index) => [text, vectors[index]]));
  const found = texts.map((text) => cache.get(key(text)) ?? fresh.get(text) ?? new Float32Array());
  for (const [index, text] of texts.entries()) {
    const vector = found[index];
    if (!vector || vector.length === 0) continue;
    cache.delete(key(text));
    cache.set(key(text), vector);
  }
  for (const oldest of cache.keys()) {
    if (cache.size <= mostCached) break;
    cache.delete(oldest);
  }
  return found;
}

/** A sentence of a topic, and how near words of the topic come to it. */
export interface Sentence {
  vector: Float32Array;
  /** Mean cosine of the topic's keywords with it. */
  scale: number;
}

/** Below this a scale would make chance look near. */
const leastScale = 0.15;

export function sentenceOf(vector: Float32Array, keywords: readonly Float32Array[]): Sentence {
  const sum = keywords.reduce((all, keyword) => all + cosine(vector, keyword), 0);
  return { vector, scale: Math.max(leastScale, sum / (keywords.length || 1)) };
}

/** How near a trend's posts come to a topic's sentences. */
export interface Reading {
  /** Mean cosine of the posts with the sentence nearest to them. */
  cosine: number;
  /** The same as share of the sentence's scale: 1 is as near as the topic's own keywords. */
  nearness: number;
  /** Index of that sentence, and of the post nearest to it. */
  sentence: number;
  post: number;
}

/**
 * A sentence on a wide subject is far from each of its posts, a narrow one near to all that share its words; measured
 * by what the topic's own keywords reach, both mean the same. Undefined when there is nothing to compare; of equal
 * ones the first counts.
 */
export function readingOf(
  sentences: readonly Sentence[],
  posts: readonly Float32Array[],
): Reading | undefined {
  const readings = sentences.flatMap(({ vector, scale }, sentence): Reading[] => {
    const near = posts.map((post) => cosine(vector, post));
    if (near.length === 0) return [];
    const mean = near.reduce((sum, each) => sum + each, 0) / near.length;
    const post = near.indexOf(Math.max(...near));
    return [{ cosine: mean, nearness: mean / scale, sentence, post }];
  });
  return readings.toSorted((a, b) => b.nearness - a.nearness)[0];
}
