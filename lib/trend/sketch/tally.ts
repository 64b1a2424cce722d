import type { Signal } from '../../ingest/signal.ts';
import { mostTerms } from '../terms/list.ts';
import { Kind, type Terms, writeTerm } from '../terms/terms.ts';
import { type Authors, createSketches } from './authors.ts';
import { mostFrequent } from './frequent.ts';
import { authorHash } from './loglog.ts';
import { createRows, Place, rowWidth } from './rows.ts';

/** Terms kept at most, unless said. */
export const defaultLimit = 2 ** 16;

/** Everything counted about one term; a copy, for files and merging. */
export interface TermCount {
  /** 64 bits that stand for the term. */
  low: number;
  high: number;
  /** As people read it, e.g. `#sandy`, `hurricane sandy`. */
  term: string;
  /** One of `Kind`. */
  kind: number;
  /** Posts that hold it; those of them that are no copies; those whose author is known. */
  posts: number;
  originals: number;
  known: number;
  authors: Authors;
}

/**
 * Counts the terms of one period of one network, each once a post, in bounded memory: after every post there are at most
 * `limit` terms (of 65 bytes, and the posts they can be read in). When there are more, the rarer half goes, and `error`
 * grows by the greatest count that went: any count, also the 0 of a term that is not there, is at most `error` posts
 * too low and never too high (Misra, Gries 1982; lossy counting of Manku, Motwani 2002).
 */
export function createTally(limit = defaultLimit) {
  const rows = createRows();
  const sketches = createSketches();
  let posts = 0;
  let known = 0;
  let error = 0;
  /** What terms can be read in: posts, or the term alone. */
  let sources: (Signal | string)[] = [];
  /** Rows of the terms that are being counted. */
  let found = new Int32Array(mostTerms);

  /** Keeps the `least` most frequent terms; of those as frequent as each other, by their hash. */
  const trim = (least: number) => {
    if (rows.size <= least) return;
    const { kept, greatest } = mostFrequent(rows.ints, rows.size, least);
    error += greatest;
    rows.keep(kept);
    sketches.keep(kept);
    const before = sources;
    sources = [];
    const { ints } = rows;
    let newest = -1;
    for (let at: number = Place.source; at < rows.size * rowWidth; at += rowWidth) {
      const packed = ints[at] ?? 0;
      if (packed >>> 3 !== newest) sources.push(before[(newest = packed >>> 3)] ?? '');
      ints[at] = ((sources.length - 1) << 3) | (packed & 7);
    }
  };

  const read = (row: number): string => {
    const at = row * rowWidth;
    const source = sources[(rows.ints[at + Place.source] ?? 0) >>> 3] ?? '';
    if (typeof source === 'string') return source;
    const span = rows.ints[at + Place.span] ?? 0;
    const start = span >>> 16;
    return writeTerm(source.text, source.tags, start, start + (span & 0xffff));
  };

  return {
    /** Posts counted, and those of them whose author is known. */
    get posts() {
      return posts;
    },
    get known() {
      return known;
    },
    /** Most that any count is too low. */
    get error() {
      return error;
    },
    /** Number of terms; their rows are 0 to size - 1. */
    get size() {
      return rows.size;
    },
    /** The counts of all rows: `ints[row * rowWidth + Place.posts]`. Ask again after every `add`. */
    get ints() {
      return rows.ints;
    },
    /** Row of a term, or -1. */
    find: rows.find,
    /** How the term of a row is written. */
    read,
    /** Estimated number of different authors of a row's term, as far as they are known. */
    authorsOf: sketches.count,
    /** The sketch they are estimated by. */
    sketchOf: (row: number): Authors => sketches.get(row),
    sketches,
    /** What the terms of `ints` can be read in. */
    get sources() {
      return sources;
    },
    /** Adds everything that another tally counted, and keeps at most `most` terms. Quicker than `join` with its terms. */
    absorb(other: Tally, most = limit): void {
      posts += other.posts;
      known += other.known;
      error += other.error;
      const before = rows.size;
      const { size } = other;
      const readable = other.sources;
      if (found.length < size) found = new Int32Array(2 * size);
      rows.rowsOf(other.ints, other.ints.subarray(1), size, rowWidth, found);
      // Numbers of its own, checked by the compiler: what another file exports is looked up anew at each use.
      const width: typeof rowWidth = 8;
      const Posts: typeof Place.posts = 2;
      const Originals: typeof Place.originals = 3;
      const Known: typeof Place.known = 4;
      const Source: typeof Place.source = 6;
      const Span: typeof Place.span = 7;
      const there = other.ints;
      const here = rows.ints;
      let newest = -1;
      for (let one = 0; one < size; one++) {
        const from = one * width;
        const row = found[one] ?? 0;
        const at = row * width;
        if (row >= before) {
          const packed = there[from + Source] ?? 0;
          if (packed >>> 3 !== newest) sources.push(readable[(newest = packed >>> 3)] ?? '');
          here[at + Source] = ((sources.length - 1) << 3) | (packed & 7);
          here[at + Span] = there[from + Span] ?? 0;
        }
        here[at + Posts] = (here[at + Posts] ?? 0) + (there[from + Posts] ?? 0);
        here[at + Originals] = (here[at + Originals] ?? 0) + (there[from + Originals] ?? 0);
        here[at + Known] = (here[at + Known] ?? 0) + (there[from + Known] ?? 0);
      }
      sketches.absorb(other.sketches, found, size);
      trim(most);
    },
    trim,
    /** Counts a post with its terms, which `scan` found in it. */
    add(signal: Signal, terms: Terms): void {
      if (rows.size + terms.count > limit) trim(limit >> 1);
      posts += 1;
      const original = signal.copy === true ? 0 : 1;
      // Where a source names boards or feeds and no authors, these are the voices.
      const voice = signal.author ?? signal.channel;
      const named = voice === undefined ? 0 : 1;
      known += named;
      const { text, tags, links } = signal;
      const { count } = terms;
      /** Where the post is among the sources. */
      let mine = -1;
      const before = rows.size;
      rows.rowsOf(terms.low, terms.high, count, 1, found);
      // Numbers of its own, checked by the compiler: what another file exports is looked up anew at each use.
      const width: typeof rowWidth = 8;
      const Posts: typeof Place.posts = 2;
      const Originals: typeof Place.originals = 3;
      const Known: typeof Place.known = 4;
      const Last: typeof Place.last = 5;
      const Source: typeof Place.source = 6;
      const Span: typeof Place.span = 7;
      const { ints } = rows;
      const { start, end, kind } = terms;
      for (let index = 0; index < count; index++) {
        const row = found[index] ?? 0;
        const at = row * width;
        if (ints[at + Last] === posts) continue;
        if (row >= before) {
          const from = start[index] ?? 0;
          const to = end[index] ?? 0;
          const what = kind[index] ?? 0;
          let source = mine;
          // Words stay in their post; what has to be built is built now.
          if (what > Kind.phrase || from < 0 || to > 0xffff)
            source = sources.push(writeTerm(text, tags, from, to, links)) - 1;
          else if (mine === -1) source = mine = sources.push(signal) - 1;
          ints[at + Source] = (source << 3) | what;
          ints[at + Span] = (from << 16) | (to - from);
        }
        ints[at + Last] = posts;
        ints[at + Posts] = (ints[at + Posts] ?? 0) + 1;
        ints[at + Originals] = (ints[at + Originals] ?? 0) + original;
        ints[at + Known] = (ints[at + Known] ?? 0) + named;
      }
      if (named === 1) sketches.addTo(found, count, authorHash(voice ?? ''));
    },
    /** Everything about the term of a row. */
    termAt(row: number): TermCount {
      const at = row * rowWidth;
      const [low = 0, high = 0, held = 0, originals = 0, named = 0] = rows.ints.subarray(
        at,
        at + 5,
      );
      return {
        low,
        high,
        term: read(row),
        kind: (rows.ints[at + Place.source] ?? 0) & 7,
        posts: held,
        originals,
        known: named,
        authors: sketches.get(row),
      };
    },
    /** Adds what was counted elsewhere. Forgets nothing. */
    join(count: { posts: number; known: number; error: number }, terms: Iterable<TermCount>): void {
      posts += count.posts;
      known += count.known;
      error += count.error;
      for (const one of terms) {
        const before = rows.size;
        const row = rows.rowOf(one.low, one.high);
        const at = row * rowWidth;
        const { ints } = rows;
        // Which of the ways a term was written does not depend on who comes first.
        if (row === before || one.term < read(row)) {
          ints[at + Place.source] = ((sources.push(one.term) - 1) << 3) | one.kind;
        }
        ints[at + Place.posts] = (ints[at + Place.posts] ?? 0) + one.posts;
        ints[at + Place.originals] = (ints[at + Place.originals] ?? 0) + one.originals;
        ints[at + Place.known] = (ints[at + Place.known] ?? 0) + one.known;
        sketches.join(row, one.authors);
      }
    },
    /** Forgets everything; the memory is used again. */
    reset(): void {
      rows.keep([]);
      sketches.keep([]);
      sources = [];
      posts = known = error = 0;
    },
  };
}
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a type of its own may name itself
export interface Tally extends ReturnType<typeof createTally> {}
