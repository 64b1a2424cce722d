import type { WordVectors } from '../../models/word-vectors.ts';
import { cosine } from '../ranking/semantic.ts';

/** A word, its meaning and how much it tells. */
export interface Weighed {
  word: string;
  stem: string;
  vector: Float32Array | undefined;
  weight: number;
}

/** How well the words of one text are found in another, by stem or nearest meaning. */
export interface Alignment {
  /** Mean of each word's nearest, by weight, 0 to 1. */
  covered: number;
  /** The greatest share of a text's weight that one word leaves without a counterpart. */
  loose: number;
  /** Share of the weight found by stem. */
  said: number;
}

/**
 * Gives words their weight: the rarer, the greater, as the logarithm of the rank among the model's words (Zipf 1935).
 * Common words keep a tenth of it.
 */
export function weighed(
  words: readonly string[],
  stems: readonly string[],
  common: ReadonlySet<string>,
  vectors: WordVectors,
): Weighed[] {
  return words.map((word, at) => ({
    word,
    stem: stems[at] ?? word,
    vector: vectors.of(word),
    weight: Math.log(2 + vectors.rank(word)) * (common.has(word) ? 0.1 : 1),
  }));
}

/** Soft alignment of `from` in `to` (after Sultan, Bethard & Sumner 2014, with vectors for their dictionary). */
export function alignment(from: readonly Weighed[], to: readonly Weighed[]): Alignment {
  const whole = from.reduce((sum, { weight }) => sum + weight, 0) || 1;
  let covered = 0;
  let said = 0;
  let loose = 0;
  for (const { stem, vector, weight } of from) {
    const same = to.some((other) => other.stem === stem);
    const near = same
      ? 1
      : to.reduce((best, other) => Math.max(best, likeness(vector, other.vector)), 0);
    covered += (weight * near) / whole;
    if (same) said += weight / whole;
    loose = Math.max(loose, (weight * (1 - near)) / whole);
  }
  return { covered, loose, said };
}

const likeness = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  a === undefined || b === undefined ? 0 : cosine(a, b);
