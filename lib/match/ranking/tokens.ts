import { stemmer } from 'stemmer';

/** A text made ready for counting. */
export interface Tokens {
  /** Lower case, in order. */
  words: readonly string[];
  /** Their stems, in order. */
  stems: readonly string[];
  /** How often each stem occurs. */
  counts: ReadonlyMap<string, number>;
}

/**
 * Words of a text: letters, digits and marks of any script, lower case, without `'s`. Brackets spelt out as the Penn
 * Treebank does (`-LRB-`) are none.
 */
export function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/-[lr][rsc]b-/g, ' ')
    .replace(/\s?['’]s\b/g, '')
    .replace(/(\p{L})\s?['’](?=\p{L})/gu, '$1');
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** The stem of an English word (Porter 1980); words with other letters stay as they are. */
export const stemOf = (word: string): string => (/^[a-z]+$/.test(word) ? stemmer(word) : word);

/**
 * Tokens of a text. A word that holds two neighbouring words of the query joined, as hashtags do (`#bbcworldservice`), adds
 * those two: `joined` gives their stems by the joined letters.
 */
export function tokensOf(
  text: string,
  joined: ReadonlyMap<string, readonly string[]> = new Map(),
): Tokens {
  const words = wordsIn(text);
  const stems = words.map(stemOf);
  for (const [letters, parts] of joined)
    if (words.some((word) => word.includes(letters))) stems.push(...parts);
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return { words, stems, counts };
}

/** Neighbouring words of a query joined, with their stems: what `tokensOf` looks for in hashtags. */
export function joinedPairs(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    words.slice(1).map((word, at) => {
      const before = words[at] ?? '';
      return [before + word, [stemOf(before), stemOf(word)]] as const;
    }),
  );
}

/** Words that say nothing about a query, stemmed or not. */
export const commonWords: ReadonlySet<string> = new Set(
  `a about above after again against all also always am an and any are as at be because been before being below between both
  but by can could did do does doing don dont down during each few for from further get go got had has have having he her
  here hers him his how i if im in into is it its just like me more most my no nor not now of off on once one only or other
  our out over own really same she should so some such t than that the their them then there these they this those
  through to too u under until up upon us very via was we were what when where which while who whom why will with would
  you your rt ur veri thi wa ha onc becaus befor abov ani`.match(/\S+/g),
);
