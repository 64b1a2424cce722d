import { fewestPairs, pairOf, type Pairs, resemblance, setPairs } from './pairs.ts';
import { mostWords, type Said } from './words.ts';

/** Share of pairs of neighbouring words that makes a text a copy. */
export const copyFrom = 0.6;
/** Smallest hashes of triples by which a text is looked up. */
const keys = 4;

/**
 * Near copies among the last posts: texts of which 60 % of the pairs of neighbouring words are the same, of their first
 * 40 words. Two texts with different numbers (a score, a death toll) are two reports and no copies.
 *
 * Found by min-hashing (Broder, On the resemblance and containment of documents, 1997): a text is looked up by the four smallest
 * hashes of its triples of words, because many texts share a pair. The smallest hash of two texts together is of a triple
 * that both have with a chance of their resemblance by triples, the next too: at 0.5, which is 60 % of the pairs in a
 * post of usual length, 1 - 0.5^4 = 94 % are met, at 0.8 all but 2 in 1,000. A hash leads to the newest post that has it,
 * unless another took its place. What is met is sifted by 32 bits that stand for its pairs; few are left to be compared.
 *
 * Memory is fixed: 185 bytes for each post of `capacity`, a power of two of at least 128.
 */
export function createNear(capacity = 32_768) {
  const room = mostWords;
  const words = new Int32Array(capacity * room);
  const counts = new Uint8Array(capacity);
  const numbers = new Int32Array(capacity);
  /** One bit for each pair. */
  const sieves = new Int32Array(capacity);
  /** By hash: the newest post that has it (low bits) and more of the hash, so that few others are met. */
  const newest = new Int32Array(capacity * 4);
  const placeMask = newest.length - 1;
  const postMask = capacity - 1;
  const smallest = new Int32Array(keys);
  const mine: Pairs = { sorted: new Int32Array(room), size: 0 };
  const theirs: Pairs = { sorted: new Int32Array(room), size: 0 };
  let next = 0;

  const isCopy = (said: Said, sieve: number, post: number): boolean => {
    const other = sieves[post] ?? 0;
    if (2 * bits(sieve & other) < bits(sieve | other)) return false;
    const told = numbers[post] ?? 0;
    if (said.numbers !== 0 && told !== 0 && said.numbers !== told) return false;
    setPairs(mine, said.words, 0, said.count);
    setPairs(theirs, words, post * room, counts[post] ?? 0);
    return resemblance(mine, theirs) >= copyFrom;
  };

  return {
    /** Whether one of the last posts says nearly this; it is remembered from now on. */
    add(said: Said): boolean {
      const { count } = said;
      if (count <= fewestPairs) return false;
      const from = next * room;
      let before = said.words[0] ?? 0;
      words[from] = before;
      let sieve = 0;
      let held = 0;
      let last = 0;
      for (let each = 1; each < count; each++) {
        const word = said.words[each] ?? 0;
        words[from + each] = word;
        const pair = pairOf(before, word);
        sieve |= 1 << (pair & 31);
        const key = pairOf(last, pair);
        last = before;
        before = word;
        if (each === 1) continue;
        let place = held;
        if (held < keys) held += 1;
        else if (key < (smallest[keys - 1] ?? 0)) place -= 1;
        else continue;
        for (; place > 0 && (smallest[place - 1] ?? 0) > key; place--)
          smallest[place] = smallest[place - 1] ?? 0;
        smallest[place] = key;
      }
      counts[next] = count;
      numbers[next] = said.numbers;
      sieves[next] = sieve;
      let copy = false;
      let met = -1;
      for (let key = 0; key < held; key++) {
        const hash = smallest[key] ?? 0;
        const place = (hash >>> 5) & placeMask;
        const entry = newest[place] ?? 0;
        newest[place] = (hash & ~postMask) | next;
        if (copy || entry === 0 || ((entry ^ hash) & ~postMask) !== 0) continue;
        const post = entry & postMask;
        // A text that repeats itself would meet itself.
        if (post === met || post === next) continue;
        met = post;
        copy = isCopy(said, sieve, post);
      }
      next = (next + 1) & postMask;
      return copy;
    },
  };
}
export type Near = ReturnType<typeof createNear>;

/** How many bits are set. */
function bits(value: number): number {
  let sum = value - ((value >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
