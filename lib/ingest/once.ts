import { fingerprint, gist } from './fingerprint.ts';
import { createMemory } from './memory.ts';
import type { Signal } from './signal.ts';

/** What came in so far. */
export interface IntakeCounts {
  /** Posts given out, near duplicates included. */
  signals: number;
  malformed: number;
  /** The same post again: left out. */
  duplicates: number;
  /** Another post that says the same: given out, marked as a copy. */
  nearDuplicates: number;
}

export const noCounts = (): IntakeCounts => ({
  signals: 0,
  malformed: 0,
  duplicates: 0,
  nearDuplicates: 0,
});

/** How many posts are remembered at least, of ids and of texts. */
const remembered = 500_000;

/**
 * Lets every post through once: of the last 500,000 ids at least each is known again; older ones may be forgotten, so
 * the memory is bounded (32 MB). A post that says what one of the last 500,000 said comes out as a copy: it is a sign of
 * attention and counts as a post of its author, but is no second source and no further evidence.
 */
export function createOnce(counts = noCounts(), capacity = remembered) {
  const ids = createMemory(capacity);
  const texts = createMemory(capacity);
  return {
    counts,
    /** The signal to use, or undefined for one that was seen before. Changes the counts. */
    admit(signal: Signal): Signal | undefined {
      if (!ids.add(fingerprint(signal.id))) {
        counts.duplicates += 1;
        return undefined;
      }
      counts.signals += 1;
      const said = gist(signal.text);
      const isNew = said === 0 || texts.add(said);
      if (isNew && signal.copy !== true) return signal;
      counts.nearDuplicates += 1;
      return signal.copy === true ? signal : { ...signal, copy: true };
    },
  };
}
export type Once = ReturnType<typeof createOnce>;
