import { addAuthor, authorWidth, countAuthors, joinAuthors } from './loglog.ts';

/** One sketch of authors: hashes in ascending order, or the registers of a HyperLogLog. */
export interface Authors {
  /** Length of the list, or `dense`. */
  held: number;
  /** The list alone, or all 16 numbers. */
  bits: Uint16Array;
}

const nobody: Authors = { held: 0, bits: new Uint16Array(0) };

/** What another list of sketches gives away. */
export interface Sketches {
  readonly held: Uint8Array;
  readonly all: Uint16Array;
}

/** Estimated number of different authors of several sketches together. */
export function countTogether(sketches: readonly Authors[]): number {
  const bits = new Uint16Array(authorWidth);
  let held = 0;
  for (const each of sketches) if (each.held > 0) held = joinAuthors(bits, 0, held, each);
  return countAuthors(bits, 0, held);
}

/** A sketch of authors for each row of a tally; takes no memory until an author is known. */
export function createSketches() {
  let held = new Uint8Array(0);
  let all = new Uint16Array(0);

  const room = (row: number) => {
    if (row < held.length) return;
    const capacity = Math.max(512, 2 ** Math.ceil(Math.log2(row + 1)));
    const [wasHeld, was] = [held, all];
    held = new Uint8Array(capacity);
    held.set(wasHeld);
    all = new Uint16Array(capacity * authorWidth);
    all.set(was);
  };

  const add = (row: number, hash: number): void => {
    room(row);
    held[row] = addAuthor(all, row * authorWidth, held[row] ?? 0, hash);
  };

  const join = (row: number, authors: Authors): void => {
    if (authors.held === 0) return;
    room(row);
    held[row] = joinAuthors(all, row * authorWidth, held[row] ?? 0, authors);
  };

  return {
    add,
    /** Adds one author to the first `count` of these rows. */
    addTo(rows: Int32Array, count: number, hash: number): void {
      let most = -1;
      for (let n = 0; n < count; n++) most = Math.max(most, rows[n] ?? 0);
      room(most);
      const [lengths, bits, width] = [held, all, authorWidth];
      for (let n = 0; n < count; n++) {
        const row = rows[n] ?? 0;
        const at = row * width;
        const length = lengths[row] ?? 0;
        // Most terms have one author.
        if (length === 0) {
          lengths[row] = 1;
          bits[at] = hash;
        } else if (length > 1 || bits[at] !== hash)
          lengths[row] = addAuthor(bits, at, length, hash);
      }
    },
    join,
    /** Adds the authors of the first rows of another such list to the `rows` given, ascending or not. */
    absorb(others: Sketches, rows: Int32Array, count: number): void {
      let most = -1;
      for (let n = 0; n < count; n++) most = Math.max(most, rows[n] ?? 0);
      const theirs = others.held;
      if (theirs.length === 0) return;
      room(most);
      const [lengths, bits, sources, width] = [held, all, others.all, authorWidth];
      for (let other = 0; other < Math.min(count, theirs.length); other++) {
        const length = theirs[other] ?? 0;
        const row = rows[other] ?? 0;
        const from = other * width;
        if (length === 1 && lengths[row] === 0) {
          lengths[row] = 1;
          bits[row * width] = sources[from] ?? 0;
        } else if (length > width)
          join(row, { held: length, bits: sources.subarray(from, from + width) });
        else for (let at = from; at < from + length; at++) add(row, sources[at] ?? 0);
      }
    },
    get held() {
      return held;
    },
    get all() {
      return all;
    },
    /** Estimated number of authors. */
    count: (row: number): number => countAuthors(all, row * authorWidth, held[row] ?? 0),
    get(row: number): Authors {
      const length = held[row] ?? 0;
      if (length === 0) return nobody;
      const from = row * authorWidth;
      return { held: length, bits: all.slice(from, from + Math.min(length, authorWidth)) };
    },
    /** Keeps these rows, given in ascending order, and numbers them anew from 0. */
    keep(kept: ArrayLike<number>): void {
      for (let to = 0; to < kept.length && held.length > 0; to++) {
        const row = kept[to] ?? 0;
        held[to] = held[row] ?? 0;
        all.copyWithin(to * authorWidth, row * authorWidth, (row + 1) * authorWidth);
      }
      held.fill(0, kept.length);
      all.fill(0, kept.length * authorWidth);
    },
  };
}
