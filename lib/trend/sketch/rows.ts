/** Whole numbers in a row. */
export const rowWidth = 8;

/**
 * Places in a row: the term's hash; its posts, those of them that are no copies, and those whose author is known; the newest
 * post it was counted in; and where it can be read (the low three bits of `source` are its kind).
 */
export const Place = {
  low: 0,
  high: 1,
  posts: 2,
  originals: 3,
  known: 4,
  last: 5,
  source: 6,
  span: 7,
} as const;

const smallest = 512;

/**
 * Rows of 32 bytes, one for each term, in the order the terms came, and an index that finds them by hash. Terms of one hash
 * are one.
 */
export function createRows() {
  let capacity = smallest;
  let ints = new Int32Array(capacity * rowWidth);
  /** Row numbers by hash, plus one; 0 is free. At least half of it is. */
  let index = new Int32Array(capacity * 2);
  let size = 0;

  /** Where in the index a term is, or the free place where it belongs. */
  const place = (low: number, high: number): number => {
    const mask = index.length - 1;
    let at = low & mask;
    for (;;) {
      const row = index[at] ?? 0;
      if (row === 0) return at;
      const from = (row - 1) * rowWidth;
      if (ints[from] === low && ints[from + 1] === high) return at;
      at = (at + 1) & mask;
    }
  };

  const reindex = () => {
    if (index.length === capacity * 2) index.fill(0);
    else index = new Int32Array(capacity * 2);
    for (let row = 0; row < size; row++) {
      const at = row * rowWidth;
      index[place(ints[at] ?? 0, ints[at + 1] ?? 0)] = row + 1;
    }
  };

  /** Makes sure that `count` more rows fit in. */
  const reserve = (count: number) => {
    if (size + count <= capacity) return;
    while (size + count > capacity) capacity *= 2;
    const more = new Int32Array(capacity * rowWidth);
    more.set(ints);
    ints = more;
    reindex();
  };

  return {
    /** All rows, one after the other; replaced when there have to be more. */
    get ints() {
      return ints;
    },
    get size() {
      return size;
    },
    get capacity() {
      return capacity;
    },
    /** Row of a term, or -1. */
    find: (low: number, high: number): number => (index[place(low, high)] ?? 0) - 1,
    /** Row of a term; a new one, all zero and `size` greater, when it had none. */
    rowOf(low: number, high: number): number {
      reserve(1);
      const at = place(low, high);
      const row = index[at] ?? 0;
      if (row !== 0) return row - 1;
      ints[size * rowWidth] = low;
      ints[size * rowWidth + 1] = high;
      size += 1;
      index[at] = size;
      return size - 1;
    },
    /**
     * The same for the first `count` terms whose hashes stand `step` numbers apart, put into `found`. Much quicker than one
     * by one: nothing moves on the way.
     */
    rowsOf(
      low: Int32Array,
      high: Int32Array,
      count: number,
      step: number,
      found: Int32Array,
    ): void {
      reserve(count);
      const table = ints;
      const places = index;
      const mask = index.length - 1;
      let next = size;
      for (let n = 0; n < count; n++) {
        const one = low[n * step] ?? 0;
        const other = high[n * step] ?? 0;
        let at = one & mask;
        for (;;) {
          const row = places[at] ?? 0;
          const from = (row - 1) * rowWidth;
          if (row === 0) {
            table[next * rowWidth] = one;
            table[next * rowWidth + 1] = other;
            found[n] = next;
            next += 1;
            places[at] = next;
            break;
          }
          if (table[from] === one && table[from + 1] === other) {
            found[n] = row - 1;
            break;
          }
          at = (at + 1) & mask;
        }
      }
      size = next;
    },
    /** Keeps these rows, given in ascending order, and numbers them anew from 0. */
    keep(kept: ArrayLike<number>): void {
      for (let to = 0; to < kept.length; to++) {
        const row = kept[to] ?? 0;
        ints.copyWithin(to * rowWidth, row * rowWidth, (row + 1) * rowWidth);
      }
      ints.fill(0, kept.length * rowWidth, size * rowWidth);
      size = kept.length;
      reindex();
    },
  };
}
export type Rows = ReturnType<typeof createRows>;
