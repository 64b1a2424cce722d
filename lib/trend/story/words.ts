import { stopWords } from '../terms/stopwords.ts';

/** One word of a text as its author wrote it. */
export interface Word {
  /** With the sign of a tag. */
  shown: string;
  /** Lower case, without the sign and a possessive `'s`. */
  key: string;
  /** Whether only a blank or a hyphen stands between it and the word before. */
  joined: boolean;
  /** Whether it opens the text or a sentence, where everything is written with a capital. */
  opens: boolean;
}

/** With their apostrophe, and without it where they are still the same word: `hell` is not `he'll`. */
const stops: ReadonlySet<string> = new Set(stopWords);

/** Whether a word says nothing on its own: `the`, `und`, `a`. */
export function isStop(key: string): boolean {
  if (key.length < 2) return /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(key);
  return stops.has(key);
}

/** Whether it is digits only. */
export const isNumber = (key: string): boolean => /^[\p{N}_]+$/u.test(key);

const link = /\b(?:https?:\/\/|www\.)\S+/gi;
const token = /[@＠][\w.-]+|[#＃$]?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{M}]+)*/gu;
/** Scripts that put no blank between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A word without its possessive `'s`. */
export const withoutS = (word: string): string => word.replace(/['’][sS]$/, '');

/** Words one after the other as they are written: with a blank between, but where their script puts none. */
export const joinWords = (words: readonly string[]): string =>
  words.reduce((text, word) =>
    unspaced.test(text.slice(-1)) && unspaced.test(word.charAt(0))
      ? text + word
      : `${text} ${word}`,
  );

const known = new WeakMap<object, readonly Word[]>();

/** Words of a post, in order, without links and mentions. Read once for each post, because trends live for many hours. */
export function wordsOf(post: { readonly text: string }): readonly Word[] {
  let words = known.get(post);
  if (words === undefined) known.set(post, (words = split(post.text)));
  return words;
}

function split(text: string): readonly Word[] {
  const plain = text.replace(link, '\n').replace(/^(?:RT\s+@\w+:?\s*)+/, '');
  const words: Word[] = [];
  let end = 0;
  let opens = true;
  let apart = true;
  for (const { 0: whole, index } of plain.matchAll(token)) {
    const gap = plain.slice(end, index);
    end = index + whole.length;
    const joined = !apart && (/^[ \t-]+$/.test(gap) || (gap === '. ' && isTitle(words.at(-1))));
    if (!joined && /[.!?:\n"“«|]/.test(gap)) opens = true;
    apart = /^[@＠]/.test(whole);
    if (apart) continue;
    const pieces = unspaced.test(whole) ? pieceByPiece(whole) : [whole];
    pieces.forEach((piece, n) => {
      const shown = piece.replace(/^＃/, '#');
      const key = withoutS(shown).toLowerCase().replace(/’/g, "'").replace(/^[#$]/, '');
      words.push({ shown, key, joined: joined || n > 0, opens });
    });
    opens = false;
  }
  return words;
}

/** `St.`, `Mr.`: what ends with a full stop and goes on. */
const isTitle = (word: Word | undefined) =>
  word !== undefined && /^\p{Lu}\p{Ll}{1,2}$/u.test(word.shown);

let segmenter: Intl.Segmenter | undefined;

function pieceByPiece(run: string): string[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}
