/**
 * Everything counted about terms: a row of 64 bytes for each, seen as whole numbers and as decimals. A term's row is where its
 * hash falls, or the next free one, so that one look into memory (a line of the cache) finds and counts it.
 */
export const intWidth = 16;
export const floatWidth = 8;

/** Places in a row as whole numbers, its first half. `count` and `closed` are followed by the same of the second scale. */
export const Int = { low: 0, high: 1, head: 2, author: 3, count: 4, closed: 6 } as const;
/** Places in a row as decimals, its second half; followed by the same of the second scale. */
export const Float = { mean: 4, square: 5 } as const;

/** Share of the rows in use above which looking up takes long. */
const load = 0.6;

export function createTable(limit: number) {
  const most = 2 ** Math.ceil(Math.log2(limit / load));
  let capacity = Math.min(1 << 12, most);
  let floats = new Float64Array(capacity * floatWidth);
  let ints = new Int32Array(floats.buffer);
  let size = 0;

  /** The row of a term, or the free one where it belongs. The low half of a hash is never 0: that is a free row. */
  const place = (low: number, high: number): number => {
    const mask = capacity - 1;
    let row = (low >>> 1) & mask;
    for (;;) {
      const at = row * intWidth;
      const held = ints[at];
      if (held === 0 || (held === low && ints[at + 1] === high)) return row;
      row = (row + 1) & mask;
    }
  };

  return {
    get size() {
      return size;
    },
    get capacity() {
      return capacity;
    },
    get ints() {
      return ints;
    },
    get floats() {
      return floats;
    },
    /** Whether `resize` has to be called before the next `rowOf`. */
    get crowded() {
      return size >= Math.min(limit, capacity * load);
    },
    /** Whether more room does not help any more: some terms have to go. */
    get full() {
      return size >= limit || capacity === most;
    },
    holds: (row: number): boolean => ints[row * intWidth] !== 0,
    /** Row of a term, or -1. */
    find(low: number, high: number): number {
      const row = place(low, high);
      return ints[row * intWidth] === 0 ? -1 : row;
    },
    /** Row of a term, made when there is none: all zero but `head`, which is -1. Not when `crowded`. */
    rowOf(low: number, high: number): number {
      const row = place(low, high);
      const at = row * intWidth;
      if (ints[at] === 0) {
        ints[at] = low;
        ints[at + 1] = high;
        ints[at + Int.head] = -1;
        size += 1;
      }
      return row;
    },
    /** Twice as many rows where allowed, and only those that `stays` says; answers where each went, -1 for gone. */
    resize(stays: (row: number) => boolean): Int32Array {
      const [rows, was] = [capacity, ints];
      // Asked before anything moves.
      const kept = Uint8Array.from({ length: rows }, (_, row) =>
        Number(this.holds(row) && stays(row)),
      );
      capacity = Math.min(most, capacity * 2);
      floats = new Float64Array(capacity * floatWidth);
      ints = new Int32Array(floats.buffer);
      size = 0;
      const moved = new Int32Array(rows).fill(-1);
      for (let row = 0; row < rows; row++) {
        if (kept[row] === 0) continue;
        const at = row * intWidth;
        const to = this.rowOf(was[at] ?? 0, was[at + 1] ?? 0);
        for (let n = 0; n < intWidth; n++) ints[to * intWidth + n] = was[at + n] ?? 0;
        moved[row] = to;
      }
      return moved;
    },
  };
}
export type Table = ReturnType<typeof createTable>;
