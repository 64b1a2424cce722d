/** Pairs of neighbouring words two texts must share to be copies: what is shorter is a phrase that many use. */
export const fewestPairs = 5;

/** The different pairs of neighbouring words of a text, as numbers in rising order, the first `size` of `sorted`. */
export interface Pairs {
  sorted: Int32Array;
  size: number;
}

/** One number for two words in this order. */
export function pairOf(before: number, word: number): number {
  const mixed = Math.imul(before ^ ((word << 13) | (word >>> 19)), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** The pairs of `count` word hashes from `from` on, written to `pairs`. Few, so put in their places one by one. */
export function setPairs(pairs: Pairs, words: Int32Array, from: number, count: number): void {
  const { sorted } = pairs;
  let size = 0;
  for (let each = from + 1; each < from + count; each++) {
    const pair = pairOf(words[each - 1] ?? 0, words[each] ?? 0);
    let place = size;
    while (place > 0 && (sorted[place - 1] ?? 0) > pair) place -= 1;
    if (place > 0 && sorted[place - 1] === pair) continue;
    for (let move = size; move > place; move--) sorted[move] = sorted[move - 1] ?? 0;
    sorted[place] = pair;
    size += 1;
  }
  pairs.size = size;
}

/**
 * Resemblance of two texts by their pairs: the share of all pairs that both have (Broder, On the resemblance and
 * containment of documents, 1997), 0 to 1; 0 when those are fewer than five. Symmetric.
 */
export function resemblance(one: Readonly<Pairs>, two: Readonly<Pairs>): number {
  let i = 0;
  let j = 0;
  let both = 0;
  while (i < one.size && j < two.size) {
    const x = one.sorted[i] ?? 0;
    const y = two.sorted[j] ?? 0;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
    if (x === y) both += 1;
  }
  return both < fewestPairs ? 0 : both / (one.size + two.size - both);
}
