import { join } from './near/hash.ts';
import { createReader } from './near/words.ts';

/**
 * Numbers that stand for texts. 53 bits: among a million texts two different ones share a number with a chance of
 * 1 in 18,000 (birthday bound n²/2 / 2^53).
 */

// FNV-1a's start and prime (Fowler, Noll, Vo), and others to tell twice as much apart.
const seed = 0x811c9dc5 | 0;
const seed2 = 0x2f0b4a27;
const prime = 0x01000193;
const prime2 = 0x5bd1e995;

/** Exactly this text. */
export function fingerprint(text: string): number {
  let a: number = seed;
  let b: number = seed2;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, prime);
    b = Math.imul(b ^ code, prime2) + 1;
  }
  return join(a, b);
}

const read = createReader();

/**
 * What a text says, whatever its case, punctuation, links and blanks; a leading `RT @somebody:` does not count.
 * 0 where too little is left to tell one text from another.
 */
export const gist = (text: string): number => read(text).gist;
