import type { Rarity } from './collection.ts';
import { commonWords, stemOf, type Tokens, wordsIn } from './tokens.ts';

/** A query made ready once for all texts. */
export interface Query {
  words: readonly string[];
  /** Stems in order, and those that say something, each once. */
  stems: readonly string[];
  telling: readonly string[];
  /** Runs of four letters of its telling words. */
  grams: ReadonlySet<string>;
}

export function queryOf(text: string): Query {
  const words = wordsIn(text);
  const stems = words.map(stemOf);
  const telling = [...new Set(stems.filter((stem) => stems.length < 3 || !commonWords.has(stem)))];
  const grams = new Set(words.filter((word) => !commonWords.has(word)).flatMap(gramsOf));
  return { words, stems, telling, grams };
}

/** Runs of four letters of a word, its ends marked by blanks: finds `egyptian` in `egypt`, and compounds. */
export function gramsOf(word: string): string[] {
  const letters = Array.from(` ${word} `);
  return letters.slice(3).map((_, at) => letters.slice(at, at + 4).join(''));
}

/** How much of a query a text says, and how close together. Shares are of 1. */
export interface Wording {
  /** Share of the query's idf its words have; whether all are there; how many, and how many are not. */
  coverage: number;
  all: number;
  found: number;
  missing: number;
  /** Share of the query's neighbouring pairs that are neighbours in the text in this order, or within four words. */
  ordered: number;
  near: number;
  /** Share of its letter runs. */
  grams: number;
  /** Where the first word found stands, as share of the text; 1 for none. */
  first: number;
  /** Words from the first to the last that was found, for each found. */
  span: number;
}

/**
 * Measures the wording of a query in a text. Ordered and unordered pairs after the sequential dependence model (Metzler &
 * Croft 2005).
 */
export function wordingOf(query: Query, text: Tokens, rarity: Rarity): Wording {
  const found = query.telling.filter((stem) => text.counts.has(stem));
  const weight = (stems: readonly string[]) => stems.reduce((n, stem) => n + rarity.idf(stem), 0);
  const places = new Map<string, number[]>();
  text.stems.forEach((stem, at) => {
    if (query.stems.includes(stem)) places.set(stem, [...(places.get(stem) ?? []), at]);
  });
  const pairs = query.stems.slice(1).map((stem, at) => [query.stems[at] ?? '', stem] as const);
  const apart = pairs.map(([a, b]) =>
    (places.get(a) ?? []).flatMap((x) => (places.get(b) ?? []).map((y) => y - x)),
  );
  const share = (holds: (distance: number) => boolean) =>
    apart.filter((distances) => distances.some(holds)).length / pairs.length;
  const coverage = weight(found) / (weight(query.telling) || 1);
  const firsts = found.map((stem) => places.get(stem)?.[0] ?? 0);
  const runs = new Set(text.words.flatMap(gramsOf));
  return {
    coverage,
    all: Number(found.length === query.telling.length),
    found: found.length,
    missing: query.telling.length - found.length,
    ordered: pairs.length === 0 ? coverage : share((distance) => distance === 1),
    near:
      pairs.length === 0
        ? coverage
        : share((distance) => distance !== 0 && Math.abs(distance) <= 4),
    grams: [...query.grams].filter((run) => runs.has(run)).length / (query.grams.size || 1),
    first: firsts.length === 0 ? 1 : Math.min(...firsts) / (text.words.length || 1),
    span: found.length < 2 ? 0 : (Math.max(...firsts) - Math.min(...firsts) + 1) / found.length,
  };
}
