/**
 * How many different authors used a term, in 32 bytes. Up to 16 authors are listed by 16 bits of their hash, in order; beyond
 * that they become a HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) of 64 registers of four bits. Either way the
 * bytes depend on the set of authors alone, not on the order they came in, and two sketches join into exactly the one
 * that all their authors would have made.
 *
 * All functions take the array many sketches lie in, the place one begins at, and what is `held` in it: the length of the
 * list, or `dense`.
 */

/** Numbers of 16 bits a sketch takes. */
export const authorWidth = 16;
/** Said of a sketch that is no list any more. */
export const dense = authorWidth + 1;

/** Bits of a hash that choose a register, and bits the first one is looked for in. */
const [chooseBits, rankBits] = [6, 10];
const registers = 1 << chooseBits;
const highest = rankBits + 1;

/** 16 bits of an author's name, well mixed: FNV-1a (Fowler, Noll, Vo) and the end of MurmurHash3 (Appleby). */
export function authorHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/** Adds an author by `authorHash`; answers what is held now. */
export function addAuthor(all: Uint16Array, from: number, held: number, hash: number): number {
  if (held === dense) {
    raise(all, from, hash & (registers - 1), rankOf(hash));
    return dense;
  }
  let at = from + held;
  while (at > from && (all[at - 1] ?? 0) > hash) at -= 1;
  if (at > from && all[at - 1] === hash) return held;
  if (held < authorWidth) {
    all.copyWithin(at + 1, at, from + held);
    all[at] = hash;
    return held + 1;
  }
  const listed = all.slice(from, from + authorWidth);
  all.fill(0, from, from + authorWidth);
  for (const one of listed) raise(all, from, one & (registers - 1), rankOf(one));
  raise(all, from, hash & (registers - 1), rankOf(hash));
  return dense;
}

/** Adds all authors of another sketch; answers what is held now. */
export function joinAuthors(
  all: Uint16Array,
  from: number,
  held: number,
  others: { held: number; bits: Uint16Array },
): number {
  if (others.held !== dense) {
    let now = held;
    for (const hash of others.bits) now = addAuthor(all, from, now, hash);
    return now;
  }
  const listed = held === dense ? undefined : all.slice(from, from + held);
  if (listed) all.fill(0, from, from + authorWidth);
  for (let register = 0; register < registers; register++)
    raise(all, from, register, rankAt(others.bits, 0, register));
  for (const one of listed ?? []) raise(all, from, one & (registers - 1), rankOf(one));
  return dense;
}

/**
 * Number of different authors: exact up to 16 (two of 16 share a hash with a chance of 1 in 550), then with a standard error,
 * measured, of 9 % up to 50, 10 % at 100, 13 % at 1,000 and 15 % from 10,000 to 100,000; above that it says too little. The estimator is Ertl's ("New
 * cardinality estimation algorithms for HyperLogLog sketches", 2017), which needs no tables and has no bias to correct.
 */
export function countAuthors(all: Uint16Array, from: number, held: number): number {
  if (held !== dense) return held;
  const counts = new Int32Array(highest + 1);
  for (let register = 0; register < registers; register++) {
    const rank = rankAt(all, from, register);
    counts[rank] = (counts[rank] ?? 0) + 1;
  }
  let sum = registers * tau(1 - (counts[highest] ?? 0) / registers);
  for (let rank = rankBits; rank >= 1; rank--) sum = 0.5 * (sum + (counts[rank] ?? 0));
  sum += registers * sigma((counts[0] ?? 0) / registers);
  return (registers * registers) / (2 * Math.LN2 * sum);
}

/** Place of the first bit that is set, of those that do not choose the register; one more than there are for none. */
function rankOf(hash: number): number {
  const rest = hash >>> chooseBits;
  return rest === 0 ? highest : 32 - Math.clz32(rest & -rest);
}

function rankAt(all: Uint16Array, from: number, register: number): number {
  return ((all[from + (register >> 2)] ?? 0) >>> ((register & 3) << 2)) & 15;
}

function raise(all: Uint16Array, from: number, register: number, rank: number): void {
  const shift = (register & 3) << 2;
  const at = from + (register >> 2);
  const word = all[at] ?? 0;
  if (((word >>> shift) & 15) < rank) all[at] = (word & ~(15 << shift)) | (rank << shift);
}

/** Ertl 2017, algorithm 6: what empty registers say. */
function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [x, y, z, before] = [share, 1, share, -1];
  while (z !== before) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

/** Ertl 2017, algorithm 6: what full registers say. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z, before] = [share, 1, 1 - share, -1];
  while (z !== before) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
