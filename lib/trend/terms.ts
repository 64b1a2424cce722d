import { stopWords } from './stopwords.ts';

/**
 * Terms of one post, known by 64 bits of hash (two numbers) so that counting builds no strings. Reused by every scan:
 * read it before the next.
 */
export interface Terms {
  count: number;
  low: Int32Array;
  high: Int32Array;
  /** Where the term stands in the lower-cased text; for the n-th tag start is -1 and end is n. */
  start: Int32Array;
  end: Int32Array;
}

/** More terms of a post are left out. */
const most = 512;
const [seedLow, seedHigh, tagLow, tagHigh] = [0x811c9dc5 | 0, 0x2f0b4a27, 0x1b873593, 0x7feb352d];
const [primeLow, primeHigh] = [0x01000193, 0x5bd1e995];

/** What a character is to us. */
const [apart, letter, digit, dense, joint, blank, mark] = [0, 1, 2, 3, 4, 5, 6] as const;
type Kind =
  typeof apart | typeof letter | typeof digit | typeof dense | typeof joint | typeof blank;
/** By code unit, filled when first met; 255 is not yet known. */
const kinds = new Uint8Array(0x10000).fill(255);

function kindOf(code: number): number {
  const known = kinds[code] ?? apart;
  return known === 255 ? (kinds[code] = classify(String.fromCharCode(code))) : known;
}

function classify(character: string): Kind | typeof mark {
  if (/[\p{Script=Han}\p{Script=Katakana}ー]/u.test(character)) return dense;
  if (/[\p{Script=Hiragana}]/u.test(character)) return apart;
  if (/[\p{L}\p{M}_]/u.test(character)) return letter;
  if (/\p{N}/u.test(character)) return digit;
  if (/['’]/.test(character)) return joint;
  if (/[\s\-‐–/]/.test(character)) return blank;
  return /[@#＃]/.test(character) ? mark : apart;
}

/** Finds the terms of a text and its tags; two-word phrases only when asked. */
export type Scan = (text: string, tags: readonly string[], phrases?: boolean) => Terms;

/**
 * Finds hashtags, words and, when asked, two-word phrases: words are runs of letters and digits (of one script where a language puts
 * no blanks), without stop words, plain numbers, links and mentions; phrases are two such words with only a blank
 * between. A tag counts as tag and, where it stands in the text, as word.
 */
export function createScanner(): Scan {
  const terms: Terms = {
    count: 0,
    low: new Int32Array(most),
    high: new Int32Array(most),
    start: new Int32Array(most),
    end: new Int32Array(most),
  };

  const put = (low: number, high: number, start: number, end: number) => {
    const at = terms.count;
    if (at === most) return;
    terms.low[at] = low;
    terms.high[at] = high;
    terms.start[at] = start;
    terms.end[at] = end;
    terms.count = at + 1;
  };

  return function scan(text, tags, phrases = false): Terms {
    const lower = text.toLowerCase();
    const length = lower.length;
    terms.count = 0;
    for (let index = 0; index < tags.length; index++) putTag(tags[index] ?? '', index);
    // The word before, if a phrase may begin with it.
    let before = -1;
    let beforeLow = 0;
    let beforeHigh = 0;
    let at = 0;
    while (at < length) {
      let kind = kindOf(lower.charCodeAt(at));
      if (kind !== letter && kind !== digit && kind !== dense) {
        if (kind === mark && lower.charCodeAt(at) === 64) at = skipName(lower, at);
        if (kind !== blank) before = -1;
        at += 1;
        continue;
      }
      const start = at;
      const first = kind;
      let end = at;
      let [low, high, digits] = [seedLow, seedHigh, 0];
      while (at < length) {
        const code = lower.charCodeAt(at);
        kind = kindOf(code);
        if (kind === joint) {
          // "sandy's" is "sandy"; "can't" is one word.
          const next = at + 1 < length ? kindOf(lower.charCodeAt(at + 1)) : apart;
          if (next !== letter || first === dense) break;
          if (lower.charCodeAt(at + 1) === 115 && !isWord(lower, at + 2)) {
            at += 2;
            break;
          }
        } else if (kind === digit) digits += 1;
        else if (kind !== letter && kind !== dense) break;
        else if ((kind === dense) !== (first === dense)) break;
        at += 1;
        end = at;
        if (kind === joint) continue;
        low = Math.imul(low ^ code, primeLow);
        high = Math.imul(high ^ code, primeHigh) + 1;
      }
      const size = end - start;
      if (size > 2 && startsLink(lower, start)) {
        while (at < length && lower.charCodeAt(at) > 32) at += 1;
        before = -1;
        continue;
      }
      low = mix(low);
      if (stops.has(low) || (size < 2 && first !== dense)) {
        before = -1;
        continue;
      }
      const numeric = digits === size;
      if (!numeric && (size > 2 || first === dense)) put(low, high, start, end);
      if (phrases && before !== -1 && !(numeric && end - before < 5))
        put(
          mix(Math.imul(beforeLow, 31) + low),
          (Math.imul(beforeHigh, 31) + high) | 0,
          before,
          end,
        );
      before = numeric ? -1 : start;
      beforeLow = low;
      beforeHigh = high;
    }
    return terms;
  };

  function putTag(tag: string, index: number): void {
    if (tag === '') return;
    let [low, high] = [tagLow, tagHigh];
    for (let at = 0; at < tag.length; at++) {
      low = Math.imul(low ^ tag.charCodeAt(at), primeLow);
      high = Math.imul(high ^ tag.charCodeAt(at), primeHigh) + 1;
    }
    put(mix(low), high, -1, index);
  }
}

/** How a term is written. */
export function writeTerm(text: string, tags: readonly string[], start: number, end: number) {
  if (start === -1) return `#${tags[end] ?? ''}`;
  return text
    .toLowerCase()
    .slice(start, end)
    .replace(/[\s\-‐–/]+/g, ' ')
    .replace(/’/g, "'")
    .replace(/'s(?= )/g, '');
}

const isWord = (text: string, at: number) =>
  at < text.length && [letter, digit].includes(kindOf(text.charCodeAt(at)) as 1 | 2);

/** Last place of the name that follows the `@` at `at`. */
function skipName(text: string, at: number): number {
  while (at + 1 < text.length && /[\w.-]/.test(text.charAt(at + 1))) at += 1;
  return at;
}

function startsLink(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 104) return text.startsWith('http://', at) || text.startsWith('https://', at);
  return code === 119 && text.startsWith('www.', at);
}

/** FNV leaves its low bits weak; the tables use them. Never 0, which marks an empty place. */
function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) | 1;
}

const stops: ReadonlySet<number> = new Set(
  stopWords.map((word) => {
    let low: number = seedLow;
    for (const character of word.replace(/'/g, ''))
      low = Math.imul(low ^ character.charCodeAt(0), primeLow);
    return mix(low);
  }),
);
