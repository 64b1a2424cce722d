import { characterBits, Class, entryOf, entryOfPair, widthOf } from './characters.ts';

let segmenter: Intl.Segmenter | undefined;

/**
 * Ends of the words between `from` and `to`, last first, in a script that puts no blanks between them (Unicode's rules and ICU's
 * dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese). Made when first needed. The language does not matter: the
 * script chooses the dictionary; naming one keeps the machine's own out of it.
 */
export function wordEnds(text: string, from: number, to: number): number[] {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  const ends: number[] = [];
  for (const { index, segment } of segmenter.segment(text.slice(from, to)))
    ends.push(from + index + segment.length);
  return ends.reverse();
}

/** End of the run of such a script that begins at `from`. */
export function unspacedEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    let entry = entryOf(text.charCodeAt(at));
    if (entry >> characterBits === Class.surrogate) entry = entryOfPair(text, at);
    if (((entry >> characterBits) & (Class.dense | Class.silent)) === 0) break;
    at += widthOf(text, at);
  }
  return Math.min(at, limit);
}
