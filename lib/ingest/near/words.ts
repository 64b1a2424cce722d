import { join } from './hash.ts';

/** What one pass over a text finds. Reused by every reading: take what you need before the next. */
export interface Said {
  /** Stands for all words, whatever their case and what is between them; 0 where they are too short. */
  gist: number;
  /**
   * Hashes of the first `count` words, without names that are addressed, links and what only says that something is
   * passed on.
   */
  words: Int32Array;
  count: number;
  /** Hash of the numbers in their order; 0 where there are none. */
  numbers: number;
  /** Hash of the words with all numbers alike. */
  template: number;
  /** Names that are addressed, after a leading `RT @name:`. */
  mentions: number;
}

/** Words by which near copies are told; what comes later in a text is not compared. */
export const mostWords = 40;
/** Letters; "Thank you" and "Good morning" are no copies of each other. */
const shortest = 16;

// Constants of this file, because those of another are looked up anew for every letter.
const seed = 0x811c9dc5 | 0;
const seed2 = 0x2f0b4a27;
const prime = 0x01000193;
const prime2 = 0x5bd1e995;

/** What a character is to us: its lower case, with what is marked above it, or one of these. */
const apart = 0;
const joint = -1;
const at = -2;
const unknown = -3;
const digit = 0x1_0000;
const dense = 0x2_0000;
const kinds = new Int32Array(0x10000).fill(unknown);

function kindOf(code: number): number {
  const known = kinds[code] ?? apart;
  return known === unknown ? (kinds[code] = classify(code)) : known;
}

function classify(code: number): number {
  const character = String.fromCharCode(code);
  if (/[@＠]/.test(character)) return at;
  if (/['’]|(?!\u200B)\p{Cf}|[\uFE00-\uFE0F]/u.test(character)) return joint;
  // Halves of a character: emoji are no letters, rare Chinese ones are.
  if (code >= 0xdc00 && code < 0xe000) return joint;
  if (code >= 0xd800 && code < 0xdc00) return code >= 0xd83c && code <= 0xd83e ? apart : code;
  const lower = character.toLowerCase().charCodeAt(0);
  if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Thai}]/u.test(character))
    return lower | dense;
  if (/\p{N}/u.test(character)) return lower | digit;
  return /[\p{L}\p{M}_]/u.test(character) ? lower : apart;
}

/** Words that only say where a text comes from. */
const rt = hashOf('rt');
const mt = hashOf('mt');
const via = hashOf('via');
/** How addresses begin, also where they were cut off. */
const http = hashOf('http');
const https = hashOf('https');

/**
 * Makes a reader of texts: one pass, no strings built. Words are runs of letters and digits; in scripts without blanks
 * every character is one.
 */
export function createReader(): (text: string) => Readonly<Said> {
  const words = new Int32Array(mostWords);
  const said: Said = { gist: 0, words, count: 0, numbers: 0, template: 0, mentions: 0 };

  return function read(text) {
    const length = text.length;
    let a: number = seed;
    let b: number = seed2;
    let letters = 0;
    let count = 0;
    let numbers = 0;
    let template: number = seed;
    let mentions = 0;
    let i = afterRepost(text);
    let word: number = seed;
    let numeric = false;
    for (; i <= length; i++) {
      const kind = i < length ? kindOf(text.charCodeAt(i)) : apart;
      if (kind > 0) {
        word = Math.imul(word ^ kind, prime);
        letters += 1;
        if (kind < digit) continue;
        if (kind < dense) {
          numeric = true;
          continue;
        }
      } else if (kind === joint) continue;
      if (word !== seed) {
        if (word === http || word === https) {
          letters -= 4;
          while (i < length && text.charCodeAt(i) > 32) i += 1;
        } else if (word !== rt && word !== mt && word !== via) {
          a = Math.imul(a ^ word, prime);
          b = Math.imul(b ^ word ^ (word >>> 15), prime2) + 1;
          if (numeric) numbers = Math.imul(numbers ^ word, prime) | 1;
          template = Math.imul(template ^ (numeric ? digit : word), prime);
          if (count < mostWords) words[count++] = word;
        }
        word = seed;
        numeric = false;
      }
      if (kind !== at) continue;
      // A name is part of what is said exactly, and no word.
      mentions += 1;
      for (; i + 1 < length; i++) {
        const named = kindOf(text.charCodeAt(i + 1));
        if (named <= 0) break;
        a = Math.imul(a ^ named, prime);
        b = Math.imul(b ^ named, prime2);
        letters += 1;
      }
    }
    said.gist = letters < shortest ? 0 : join(a, b);
    said.count = count;
    said.numbers = numbers;
    said.template = template;
    said.mentions = mentions;
    return said;
  };
}

/** Where the text begins that `RT @a: RT @b: text` repeats. */
function afterRepost(text: string): number {
  if (text.charCodeAt(3) !== 64 || (text.charCodeAt(0) | 32) !== 114) return 0;
  return /^(?:rt @\w+:?\s*)+/i.exec(text)?.[0].length ?? 0;
}

function hashOf(word: string): number {
  let hash: number = seed;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), prime);
  return hash;
}
