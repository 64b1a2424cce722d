import type { Rarity } from './collection.ts';
import { qualityOf } from './quality.ts';
import { commonWords, type Tokens } from './tokens.ts';
import { bm25, expansion, likelihood, type Weighted } from './weighting.ts';
import { type Query, wordingOf } from './wording.ts';

/** Numbers by name; the same names for every text. */
export type Features = Readonly<Record<string, number>>;

/** A text and its tokens. */
export interface Candidate {
  text: string;
  tokens: Tokens;
}

/**
 * What words tell of each candidate of a query, in order: BM25 and query likelihood, the same with words of the best
 * ten and thirty (feedback), wording and quality. Those that depend on the other candidates are in standard deviations
 * among them.
 */
export function lexicalFeatures(
  query: Query,
  candidates: readonly Candidate[],
  rarity: Rarity,
): Features[] {
  const sought: Weighted = query.telling.map((stem) => [stem, 1]);
  const even: Weighted = query.telling.map((stem) => [stem, 1 / query.telling.length]);
  const whole = query.telling.reduce((sum, stem) => sum + rarity.idf(stem), 0) || 1;
  const lengths = candidates.reduce((sum, { tokens }) => sum + tokens.stems.length, 0);
  const average = lengths / candidates.length;
  const scores = candidates.map(({ tokens }) => bm25(tokens, sought, rarity, average));
  const likely = candidates.map(({ tokens }) => likelihood(tokens, even, rarity));
  const best = candidates
    .map(({ text, tokens }, at) => ({
      tokens,
      // Reposts say the same again and are seldom what a query seeks.
      score: (scores[at] ?? 0) / whole - (/^rt\b/i.test(text) ? 0.3 : 0),
    }))
    .sort((a, b) => b.score - a.score);
  const fed = (texts: number, words: number) => {
    const weighted = best
      .slice(0, texts)
      .map(({ tokens, score }) => [tokens, Math.exp(3 * score)] as const);
    const added = expansion(weighted, rarity, words, commonWords);
    return standard(candidates.map(({ tokens }) => bm25(tokens, added, rarity, average)));
  };
  const [few, many] = [fed(10, 15), fed(30, 40)];
  const [scored, likelier] = [standard(scores), standard(likely)];
  const said = new Set(query.telling);
  return candidates.map(({ text, tokens }, at) => ({
    bm25: (scores[at] ?? 0) / whole,
    bm25Among: scored[at] ?? 0,
    likelihood: likely[at] ?? 0,
    likelihoodAmong: likelier[at] ?? 0,
    feedbackFew: few[at] ?? 0,
    feedbackMany: many[at] ?? 0,
    ...wordingOf(query, tokens, rarity),
    ...qualityOf(text, tokens, said, rarity),
  }));
}

/** Values less their mean, in standard deviations; all 0 when they are equal. */
export function standard(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(square / (values.length || 1)) || 1;
  return values.map((value) => (value - mean) / deviation);
}
