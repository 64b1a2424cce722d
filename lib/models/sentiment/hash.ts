/** Features live in this many buckets (the hashing trick: Weinberger et al. 2009). A power of two. */
export const buckets = 1 << 18;

/** Kinds of features; the same text of two kinds is two features. */
export const family = { words: 1, letters: 2, lexicon: 3, shape: 4 } as const;

const offset = 0x811c9dc5;
const prime = 0x01000193;

/** A hash to begin with (FNV-1a: Fowler, Noll & Vo). */
export const begin = (kind: number): number => Math.imul(offset ^ kind, prime);

/** The hash with one more code unit, or one more hash, taken in. */
export const extend = (hash: number, unit: number): number => Math.imul(hash ^ unit, prime);

/** The hash of a whole text. */
export function hashOf(kind: number, text: string): number {
  let hash = begin(kind);
  for (let index = 0; index < text.length; index += 1) hash = extend(hash, text.charCodeAt(index));
  return hash;
}

/** The bucket of a hash. The low bits of FNV-1a depend on few of the first; murmur3's finaliser spreads them (Appleby 2011). */
export function bucketOf(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) & (buckets - 1);
}
