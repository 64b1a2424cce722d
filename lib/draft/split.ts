import type { Measure } from '../platforms/rules.ts';
import { type Fits, partsOf, sourceOf, type Split } from './split-parts.ts';

export interface SplitOptions {
  /** Ends each part with ` (1/7)`, which counts. A text that fits into one part has none. */
  numbered?: boolean;
  /** Counts the first part, where it may hold less than the others. */
  first?: (text: string) => Measure;
  /** BCP 47; what ends a sentence differs. */
  language?: string;
}

/**
 * Parts a Markdown text so that each part fits: between paragraphs, else between sentences, else between words; never
 * in an address, a link or a grapheme, and in a mention, a hashtag or a marked range only when it is longer than a part
 * (the marks are then closed and opened again). But for such marks and the numbers, parts are spans of the text with
 * white space alone between them. A paragraph or sentence that fits into one part is not torn, even if the part before
 * it stays short. Pure; the same for the same arguments.
 */
export function splitText(
  text: string,
  measure: (text: string) => Measure,
  options: SplitOptions = {},
): Split {
  const { parts, tooLong } = splitThread([text], measure, options);
  return { parts: parts.map((each) => each.text).filter((part) => part !== ''), tooLong };
}

export interface Thread {
  /** `of` is the index of the text it is of. */
  parts: readonly { text: string; of: number }[];
  tooLong: Split['tooLong'];
}

/** The same for the parts of a thread, numbered through; a text of white space stays a part. */
export function splitThread(
  texts: readonly string[],
  measure: (text: string) => Measure,
  { numbered = false, first = measure, language }: SplitOptions = {},
): Thread {
  const sources = texts.map((text) => sourceOf(text, language));
  const withSuffix = (suffix: string): Thread => {
    const tooLong: string[] = [];
    const parts: Thread['parts'][number][] = [];
    for (const [of, source] of sources.entries()) {
      const before = parts.length;
      const fits: Fits = (part, index) =>
        (before + index === 0 ? first : measure)(part + suffix).fits;
      const found = partsOf(source, fits);
      parts.push(...found.parts.map((text) => ({ text, of })));
      tooLong.push(...found.tooLong);
      if (found.parts.length === 0) parts.push({ text: '', of });
    }
    return { parts, tooLong };
  };
  const plain = withSuffix('');
  if (!numbered || plain.parts.length < 2) return plain;
  for (let digits = 1; ; digits += 1) {
    const most = '9'.repeat(digits);
    const { parts, tooLong } = withSuffix(` (${most}/${most})`);
    const total = String(parts.length);
    if (total.length > digits) continue;
    const number = (at: number) => ` (${String(at + 1)}/${total})`;
    return { parts: parts.map(({ text, of }, at) => ({ text: text + number(at), of })), tooLong };
  }
}
