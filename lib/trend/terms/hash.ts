import {
  characterBits,
  characterMask,
  Class,
  entryOf,
  entryOfPair,
  widthOf,
} from './characters.ts';

/**
 * Terms are known by 64 bits in two lanes that share no constant: a table that finds terms by the low lane and sketches that
 * use the high one do not err together.
 */
export const [seedLow, seedHigh] = [0x811c9dc5 | 0, 0x2f0b4a27];

/** A lane with one more character; FNV-1a (Fowler, Noll, Vo) with a constant that spreads further. */
export const stepLow = (lane: number, character: number) => Math.imul(lane ^ character, 0x5bd1e995);
/** The other lane with one more character: multiplying then adding, as Horner does. */
export const stepHigh = (lane: number, character: number) =>
  (Math.imul(lane, 0x2c9277b5) + character) | 0;

/** Spreads a lane over all of its bits (the finaliser of MurmurHash3, Appleby 2011), apart for every kind of term. */
export function finish(lane: number, kind: number): number {
  let hash = lane ^ Math.imul(kind, 0x3c6ef372);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The low lane of a term: 0 marks an empty place in tables. */
export const finishLow = (lane: number, kind: number) => finish(lane, kind) || 1;

/** Of two words in this order, by the finished lanes of both. */
export const pair = (before: number, after: number) => (Math.imul(before, 0x9e3779b1) + after) | 0;

/** Both lanes of part of a text, unfinished. */
export interface Lanes {
  low: number;
  high: number;
}

/** Hashes part of a text by what its characters count as: lower case, one apostrophe, without what is silent. */
export function foldInto(lanes: Lanes, text: string, from: number, to: number): void {
  let [low, high] = [seedLow, seedHigh];
  for (let at = from; at < to; at++) {
    let entry = entryOf(text.charCodeAt(at));
    if (entry >> characterBits === Class.surrogate) {
      entry = entryOfPair(text, at);
      at += widthOf(text, at) - 1;
    }
    if ((entry >> characterBits) & Class.silent) continue;
    low = stepLow(low, entry & characterMask);
    high = stepHigh(high, entry & characterMask);
  }
  lanes.low = low;
  lanes.high = high;
}

/** Hashes a text as it stands. */
export function exactInto(lanes: Lanes, text: string): void {
  let [low, high] = [seedLow, seedHigh];
  for (let at = 0; at < text.length; at++) {
    low = stepLow(low, text.charCodeAt(at));
    high = stepHigh(high, text.charCodeAt(at));
  }
  lanes.low = low;
  lanes.high = high;
}
