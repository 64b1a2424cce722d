/**
 * What a character is to a term, as bits of one number above the character it counts as. Looked up per UTF-16 unit, because
 * looking up is several times as fast as asking a regular expression, and lower-casing a whole text builds a string.
 */
export const Class = {
  letter: 1,
  digit: 2,
  /** A syllable of its own, as in Hangul: two of them are a whole word. */
  syllable: 4,
  /** Of a script that puts no blanks between words. */
  dense: 8,
  /** Part of a word that does not tell words apart: joiners, soft hyphens, variation selectors. */
  silent: 16,
  joint: 32,
  blank: 64,
  /** Begins a hashtag, a cashtag or a mention. */
  mark: 128,
  dot: 256,
  surrogate: 512,
  /** Anything else. */
  apart: 0,
} as const;

/** Characters are the low bits of an entry: 21 of them, as many as Unicode needs. */
export const characterBits = 21;
export const characterMask = (1 << characterBits) - 1;

const unspaced =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const silent = /^[\u00AD\u0307\u034F\u200C\u200D\u2060\uFE00-\uFE0F]/;

function classify(character: string): number {
  if (silent.test(character)) return Class.silent;
  if (/^[\p{L}\p{M}_]/u.test(character)) {
    if (unspaced.test(character)) return Class.dense;
    return /^\p{scx=Hangul}/u.test(character) ? Class.letter | Class.syllable : Class.letter;
  }
  if (/^\p{N}/u.test(character)) return Class.digit;
  if (/^['’]/.test(character)) return Class.joint;
  if (/^[\s\u200B\-‐–/]/.test(character)) return Class.blank;
  if (/^[#＃@＠$]/.test(character)) return Class.mark;
  if (character === '.') return Class.dot;
  return /^[\uD800-\uDFFF]$/.test(character) ? Class.surrogate : Class.apart;
}

/**
 * Characters that people write for others, as the others: full-width letters and the mathematical alphabets. Everything
 * else keeps its shape: an accent may make another word.
 */
export const dressed = /[０-９Ａ-Ｚａ-ｚ\u{1D400}-\u{1D7FF}]/gu;

export const apostrophe = 0x27;

/** The character another counts as: lower case, plain, one sigma, one apostrophe. */
function fold(character: string): number {
  const plain = character.replace(dressed, (one) => one.normalize('NFKC')).toLowerCase();
  if (plain === 'ς') return 0x3c3;
  if (plain === '’') return apostrophe;
  return plain.codePointAt(0) ?? 0;
}

/** By UTF-16 unit; 0 is not yet known. */
const units = new Int32Array(0x10000);
/** By code point beyond the first plane. */
const points = new Map<number, number>();

const entryFor = (character: string) => (classify(character) << characterBits) | fold(character);

/** Entry of a UTF-16 unit: its class above `characterBits`, the character it counts as below. */
export function entryOf(unit: number): number {
  const known = units[unit] ?? 0;
  return known === 0 ? (units[unit] = entryFor(String.fromCharCode(unit))) : known;
}

/** Entry of the surrogate pair at `at`; of its half alone when it is none. */
export function entryOfPair(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  if (point < 0x10000) return Class.apart << characterBits;
  let known = points.get(point);
  if (known === undefined) points.set(point, (known = entryFor(String.fromCodePoint(point))));
  return known;
}

/** UTF-16 units of the character at `at`. */
export const widthOf = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
