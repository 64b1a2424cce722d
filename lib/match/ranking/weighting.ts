import type { Rarity } from './collection.ts';
import type { Tokens } from './tokens.ts';

/** Stems looked for and how much each counts. */
export type Weighted = readonly (readonly [stem: string, weight: number])[];

/**
 * BM25 (Robertson & Walker 1994): sum of weight idf tf (k1 + 1) / (tf + k1 (1 - b + b length / average)). In posts a word
 * said twice tells little more than once and length varies little, hence k1 = 0.4 and b = 0.3.
 */
export function bm25(text: Tokens, sought: Weighted, rarity: Rarity, average: number): number {
  const k1 = 0.4;
  const b = 0.3;
  const norm = k1 * (1 - b + (b * text.stems.length) / average);
  return sought.reduce((sum, [stem, weight]) => {
    const times = text.counts.get(stem) ?? 0;
    return times === 0
      ? sum
      : sum + (weight * rarity.idf(stem) * times * (k1 + 1)) / (times + norm);
  }, 0);
}

/**
 * Log-likelihood of the stems sought in a text's language model, smoothed with mu = 100 words of the collection (Dirichlet;
 * Zhai & Lafferty 2001).
 */
export function likelihood(text: Tokens, sought: Weighted, rarity: Rarity): number {
  const mu = 100;
  return sought.reduce((sum, [stem, weight]) => {
    const times = (text.counts.get(stem) ?? 0) + mu * rarity.share(stem);
    return sum + weight * Math.log(times / (text.stems.length + mu));
  }, 0);
}

/**
 * Words that the best texts say far more often than others do: pseudo-relevance feedback after RM3 (Lavrenko & Croft
 * 2001; Abdul-Jaleel et al. 2004). `best` holds texts with their weights. A word's share of these texts is multiplied by
 * how surprising it is, ln(share / share in the collection), between 0 and 8. Weights sum to 1.
 */
export function expansion(
  best: readonly (readonly [text: Tokens, weight: number])[],
  rarity: Rarity,
  words: number,
  common: ReadonlySet<string>,
): Weighted {
  const total = best.reduce((sum, [, weight]) => sum + weight, 0);
  const shares = new Map<string, number>();
  for (const [text, weight] of best)
    for (const [stem, times] of text.counts) {
      if (common.has(stem) || stem.length < 2) continue;
      shares.set(stem, (shares.get(stem) ?? 0) + (weight * times) / text.stems.length / total);
    }
  const chosen = [...shares]
    .map(([stem, share]): [string, number] => {
      const surprise = Math.log(share / rarity.share(stem));
      return [stem, share * Math.min(8, Math.max(0, surprise))];
    })
    .filter(([, weight]) => weight > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, words);
  const sum = chosen.reduce((all, [, weight]) => all + weight, 0) || 1;
  return chosen.map(([stem, weight]) => [stem, weight / sum]);
}
