import { alike, type Canonical } from './spelling.ts';

/** A term that stands out, with the numbers of the posts that hold it. */
export interface Standout {
  /** As it is read, lower case: `sandy`, `hurricane sandy`, `#sandy`. */
  term: string;
  score: number;
  /** Posts to be expected. */
  expected: number;
  posts: readonly number[];
}

/** Terms that are posted about together. */
export interface Group {
  /** Strongest first. */
  members: Standout[];
  posts: Set<number>;
}

/** Share of the smaller one's posts that two have to have in common to be one. */
const together = 0.35;
/** And how far that has to be above what chance gives, of what is possible above it. */
const aboveChance = 0.25;
/** Terms from which a group stands by itself, and share that the middles of two such groups have to have in common. */
const [grown, cores] = [3, 0.15];
/** Posts by which the smaller one is taken for larger: two of two say less than twenty of twenty. */
const doubt = 1;

interface Cluster {
  members: readonly Standout[];
  /** Terms, one word in several spellings counted once. */
  words: number;
  /** One bit for each post. */
  bits: Uint32Array;
  size: number;
  /** The same for posts that hold two terms or more. */
  core: Uint32Array;
}

/**
 * Puts terms that are posted about together into groups, whatever order they come in: agglomerative clustering that unites
 * the closest two while they are close enough. How close two are is the overlap coefficient of their sets of posts
 * (Szymkiewicz 1934, Simpson 1943: shared / smaller), as long as it is well above what chance would share among `total`
 * posts (kappa, Cohen 1960): where most posts are about one thing, everything overlaps with it. A group is the set of all
 * of its posts, so that the many side words of a story, which hardly meet each other, come to its middle; but two grown groups are one only if posts that hold several of their terms are, and not for a word
 * that both use. The same word
 * as tag, in two words or in plural is one from the start, and so are names of one thing that `canonical` gives one name.
 * Strongest group first.
 */
export function groupTerms(terms: readonly Standout[], total = 0, canonical?: Canonical): Group[] {
  const sorted = terms.toSorted(byStrength);
  const place = new Map<number, number>();
  for (const { posts } of sorted)
    for (const post of posts) if (!place.has(post)) place.set(post, place.size);
  const all = Math.max(total, place.size);
  const clusters = alikeFirst(sorted, canonical).map((members) => clusterOf(members, place));
  // near[i * n + j] for i < j; what is united lives on at the lower place.
  const n = clusters.length;
  const near = new Float64Array(n * n);
  const alive: (Cluster | undefined)[] = [...clusters];
  const measure = (i: number, j: number) => {
    const [a, b] = [alive[Math.min(i, j)], alive[Math.max(i, j)]];
    near[Math.min(i, j) * n + Math.max(i, j)] = a && b ? closeness(a, b, all) : 0;
  };
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) measure(i, j);
  for (;;) {
    let [best, closest] = [-1, together];
    for (let at = 0; at < near.length; at++)
      if ((near[at] ?? 0) > closest) [best, closest] = [at, near[at] ?? 0];
    if (best === -1) break;
    const [i, j] = [Math.floor(best / n), best % n];
    const [a, b] = [alive[i], alive[j]];
    if (a && b) alive[i] = unite(a, b);
    alive[j] = undefined;
    for (let k = 0; k < n; k++) {
      if (k !== i) measure(i, k);
      if (k !== j) measure(j, k);
    }
  }
  return alive
    .filter((cluster) => cluster !== undefined)
    .map(({ members }) => ({
      members: members.toSorted(byStrength),
      posts: new Set(members.flatMap(({ posts }) => posts)),
    }))
    .sort((a, b) => byStrength(a.members[0], b.members[0]));
}

/** Terms that are one word in several spellings, or several names of one thing. */
function alikeFirst(terms: readonly Standout[], canonical?: Canonical): Standout[][] {
  const found: { things: Set<string>; same: Standout[] }[] = [];
  for (const each of terms) {
    const thing = canonical?.(each.term);
    const known = found.find(
      ({ things, same }) =>
        (thing !== undefined && things.has(thing)) ||
        same.some(({ term }) => alike(term, each.term)),
    );
    if (known) known.same.push(each);
    else found.push({ things: new Set(thing === undefined ? [] : [thing]), same: [each] });
    if (known && thing !== undefined) known.things.add(thing);
  }
  return found.map(({ same }) => same);
}

function closeness(a: Cluster, b: Cluster, all: number): number {
  const isBridged =
    Math.min(a.words, b.words) >= grown &&
    inBoth(a.core, b.core) < cores * (Math.min(sizeOf(a.core), sizeOf(b.core)) + doubt);
  if (isBridged) return 0;
  const shared = inBoth(a.bits, b.bits);
  const [smaller, larger] = [Math.min(a.size, b.size), Math.max(a.size, b.size)];
  const overlap = shared / (smaller + doubt);
  const chance = larger / (all + doubt);
  return overlap - chance < aboveChance * (1 - chance) ? 0 : overlap;
}

function inBoth(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let at = 0; at < a.length; at++) shared += ones((a[at] ?? 0) & (b[at] ?? 0));
  return shared;
}

function clusterOf(members: readonly Standout[], place: ReadonlyMap<number, number>): Cluster {
  const bits = new Uint32Array(Math.ceil(place.size / 32));
  for (const { posts } of members)
    for (const post of posts) {
      const at = place.get(post) ?? 0;
      bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
    }
  const core = new Uint32Array(bits.length);
  return { members, words: 1, bits, size: sizeOf(bits), core };
}

function unite(a: Cluster, b: Cluster): Cluster {
  const bits = a.bits.map((word, at) => word | (b.bits[at] ?? 0));
  const both = a.bits.map((word, at) => word & (b.bits[at] ?? 0));
  const core = both.map((word, at) => word | (a.core[at] ?? 0) | (b.core[at] ?? 0));
  const members = [...a.members, ...b.members];
  return { members, words: a.words + b.words, bits, size: sizeOf(bits), core };
}

const sizeOf = (bits: Uint32Array) => bits.reduce((sum, word) => sum + ones(word), 0);

/** Bits that are set (Hacker's Delight, 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const byStrength = (a: Standout | undefined, b: Standout | undefined): number =>
  (b?.score ?? 0) - (a?.score ?? 0) || ((a?.term ?? '') < (b?.term ?? '') ? -1 : 1);
