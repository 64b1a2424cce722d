/**
 * Numbers that stand for texts. 53 bits: among a million texts two different ones share a number with a chance of
 * 1 in 18,000 (birthday bound n²/2 / 2^53).
 */

const offset = 0x811c9dc5;
const prime = 0x01000193;
const prime2 = 0x5bd1e995;

/** Exactly this text. */
export function fingerprint(text: string): number {
  let a = offset;
  let b = 0x2f0b4a27;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, prime);
    b = Math.imul(b ^ code, prime2) + 1;
  }
  return join(a, b);
}

/**
 * What a text says, whatever its case, punctuation, links and blanks; a leading `RT @somebody:` does not count.
 * 0 where too little is left to tell one text from another.
 */
export function gist(text: string): number {
  let a = offset;
  let b = 0x2f0b4a27;
  let letters = 0;
  const lower = text.toLowerCase();
  for (let i = afterRepost(lower); i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    const letter = code >= 128 || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (!letter) continue;
    if (code === 104 && lower.startsWith('http', i) && /^https?:\/\//.test(lower.slice(i, i + 8))) {
      while (i < lower.length && lower.charCodeAt(i) > 32) i++;
      continue;
    }
    a = Math.imul(a ^ code, prime);
    b = Math.imul(b ^ code, prime2) + 1;
    letters += 1;
  }
  return letters < shortest ? 0 : join(a, b);
}

/** Letters; "Thank you" and "Good morning" are no copies of each other. */
const shortest = 16;

/** Where the text begins that `rt @a: rt @b: text` repeats. */
function afterRepost(lower: string): number {
  if (!lower.startsWith('rt @')) return 0;
  return /^(?:rt @\w+:?\s*)+/.exec(lower)?.[0].length ?? 0;
}

/** 53 bits of 64, spread well: FNV alone leaves its low bits weak. */
function join(a: number, b: number): number {
  let high = a ^ (a >>> 16);
  high = Math.imul(high, 0x85ebca6b);
  high ^= high >>> 13;
  let low = b ^ (b >>> 15);
  low = Math.imul(low, 0xc2b2ae35);
  low ^= low >>> 16;
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}
