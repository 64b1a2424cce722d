import { isNumber, isStop, type Word } from './words.ts';

/** Words that stand side by side. */
export interface Phrase {
  /** Lower case. */
  words: readonly string[];
  /** Texts that hold it, and those that begin each of its words with a capital. */
  count: number;
  capitals: number;
}

/** Longest phrase, and the share of a phrase's texts in which it has to go on with the same word to become longer. */
const [longest, goesOn] = [4, 0.6];
/** Share of a word's texts in which an empty word stands beside it from which both are one name: "New York", "The Hobbit". */
const partOfName = 0.8;

/**
 * Phrases of two to four words that at least `least` of the texts hold, those in most texts first. A phrase begins and ends with a
 * word that says something, and may end with a number ("iphone 5"). Two words are made longer as long as most of the texts that
 * hold them go on with the same word ("mists of" and "of pandaria" are "mists of pandaria"): a longer phrase
 * cannot be more frequent than the shorter ones in it (Apriori; Agrawal and Srikant, VLDB 1994).
 */
export function phrasesOf(texts: readonly (readonly Word[])[], least: number): Phrase[] {
  const bound = Math.max(2, least);
  const pairs = frequent(texts, 2, bound, () => true);
  const names = namesIn(pairs, () => frequent(texts, 1, bound, () => true));
  // A longer phrase goes over frequent pairs alone: few places are looked at again.
  const linked = texts.map((text) =>
    text.map(({ joined, key }, at) => joined && pairs.has(`${text[at - 1]?.key ?? ''} ${key}`)),
  );
  const stands = (phrase: Phrase) => standsAlone(phrase, names);
  const found = new Map<string, Phrase>();
  let grown = [...pairs.values()];
  for (const phrase of grown) if (stands(phrase)) found.set(phrase.words.join(' '), phrase);
  for (let length = 3; length <= longest && grown.length > 0; length++) {
    const shorter = new Map(grown.map((each) => [each.words.join(' '), each]));
    const parts = (words: readonly string[]) => [
      shorter.get(words.slice(0, -1).join(' ')),
      shorter.get(words.slice(1).join(' ')),
    ];
    const longer = frequent(texts, length, bound, (words) => parts(words).every(Boolean), linked);
    grown = [...longer.values()];
    for (const phrase of grown) {
      const within = parts(phrase.words).filter((part) => part !== undefined);
      if (!stands(phrase)) continue;
      // What is mostly a part of this one gives way to it.
      const mostly = within.filter(({ count }) => phrase.count >= goesOn * count);
      if (mostly.length === 0) continue;
      for (const part of mostly) found.delete(part.words.join(' '));
      found.set(phrase.words.join(' '), phrase);
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      b.count - a.count ||
      b.words.length - a.words.length ||
      (a.words.join(' ') < b.words.join(' ') ? -1 : 1),
  );
}

function frequent(
  texts: readonly (readonly Word[])[],
  length: number,
  least: number,
  may: (words: readonly string[]) => boolean,
  linked?: readonly (readonly boolean[])[],
): Map<string, Phrase> {
  const counts = new Map<
    string,
    { words: readonly string[]; count: number; capitals: number; last: number }
  >();
  texts.forEach((text, index) => {
    // Number of words that stand side by side up to here.
    let run = 0;
    text.forEach(({ joined }, at) => {
      run = (linked?.[index]?.[at] ?? joined) ? run + 1 : 1;
      if (run < length) return;
      let name = text[at - length + 1]?.key ?? '';
      for (let n = at - length + 2; n <= at; n++) name += ` ${text[n]?.key ?? ''}`;
      const known = counts.get(name);
      if (known?.last === index) return;
      const words = text.slice(at - length + 1, at + 1);
      const capitals = words.every(({ shown }) => isCapital(shown)) ? 1 : 0;
      if (known) {
        known.count += 1;
        known.capitals += capitals;
        known.last = index;
        return;
      }
      const keys = words.map(({ key }) => key);
      if (may(keys)) counts.set(name, { words: keys, count: 1, capitals, last: index });
    });
  });
  for (const [name, { count }] of counts) if (count < least) counts.delete(name);
  return counts;
}

/** Whether a word begins with a capital letter. */
function isCapital(shown: string): boolean {
  const first = shown.charAt(/^[#$]/.test(shown) ? 1 : 0);
  return first !== first.toLowerCase();
}

/** Whether a phrase can stand alone: no fragment such as "of the" or "hurricane and". */
function standsAlone({ words }: Phrase, names: ReadonlySet<string>): boolean {
  const ends = [words.slice(0, 2), words.slice(-2)].map((pair) => names.has(pair.join(' ')));
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if ((isStop(first) && !ends[0]) || (isStop(last) && !ends[1]) || isNumber(first)) return false;
  return new Set(words).size === words.length && !words.every(isStop);
}

/** Pairs of an empty word and one that is hardly ever without it. */
function namesIn(
  pairs: ReadonlyMap<string, Phrase>,
  singles: () => ReadonlyMap<string, Phrase>,
): ReadonlySet<string> {
  const names = new Set<string>();
  let single: ReadonlyMap<string, Phrase> | undefined;
  for (const [name, { words, count, capitals }] of pairs) {
    const [first = '', last = ''] = words;
    if (isStop(first) === isStop(last) || capitals < partOfName * count) continue;
    single ??= singles();
    const full = single.get(isStop(first) ? last : first);
    if (full !== undefined && count >= partOfName * full.count) names.add(name);
  }
  return names;
}

/** The two-word phrases in a longer one, as terms are. */
export function pairsIn({ words }: Phrase): string[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    return next === undefined || isStop(word) || isStop(next) || isNumber(next)
      ? []
      : [`${word} ${next}`];
  });
}
