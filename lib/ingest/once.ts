import { fingerprint } from './fingerprint.ts';
import { createMemory } from './memory.ts';
import { createHabits } from './marks/habits.ts';
import { createNear } from './near/near.ts';
import { createReader } from './near/words.ts';
import type { Signal } from './signal.ts';

/** What came in so far. */
export interface IntakeCounts {
  /** Posts given out, near duplicates included. */
  signals: number;
  malformed: number;
  /** The same post again: left out. */
  duplicates: number;
  /** Another post that says the same or nearly the same: given out, marked as a copy. */
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
 * the memory is bounded (39 MB). A post comes out as a copy when it says what one of the last 500,000 said, or nearly what
 * one of the last 32,768 said (`near/`): it is a sign of attention and counts as a post of its author, but is no second
 * source and no further evidence. What its author does again and again is marked (`marks/habits.ts`); marks that one post
 * shows by itself are left to `marksOf`.
 */
export function createOnce(counts = noCounts(), capacity = remembered) {
  const ids = createMemory(capacity);
  const texts = createMemory(capacity);
  const near = createNear();
  const habits = createHabits();
  const read = createReader();
  return {
    counts,
    /** The signal to use, or undefined for one that was seen before. Changes the counts. */
    admit(signal: Signal): Signal | undefined {
      if (!ids.add(fingerprint(signal.id))) {
        counts.duplicates += 1;
        return undefined;
      }
      counts.signals += 1;
      const said = read(signal.text);
      // What was said exactly need not be looked up a second time.
      const exact = said.gist !== 0 && !texts.add(said.gist);
      const mark = exact ? undefined : habits.note(signal, said);
      const copy = exact || near.add(said) || signal.copy === true;
      if (copy) counts.nearDuplicates += 1;
      const fresh = mark !== undefined && !signal.marks?.includes(mark);
      if (!fresh && copy === (signal.copy === true)) return signal;
      const marks = fresh ? [...(signal.marks ?? []), mark] : signal.marks;
      return { ...signal, ...(copy && { copy: true }), ...(marks && { marks }) };
    },
  };
}
export type Once = ReturnType<typeof createOnce>;
