import { isAutomated } from './automated.ts';
import { isInstruction } from './instruction.ts';
import { isSpam } from './spam.ts';
import type { Mark, Signal } from '../signal.ts';

type Marked = Pick<Signal, 'text' | 'tags'> & Partial<Pick<Signal, 'author' | 'marks'>>;

const tests: readonly (readonly [Mark, (signal: Marked) => boolean])[] = [
  ['instruction', ({ text }) => isInstruction(text)],
  ['spam', isSpam],
  ['automated', isAutomated],
];

/**
 * What kind of post it may be: what its source or `once` marked already, and what its text shows. A hint, never a reason
 * to lose it.
 *
 * Asked for where a post may become evidence, a match or part of a prompt, not for every post that is counted: reading a text
 * for this takes some microseconds, about as much as all of the counting. What shows only over many posts (a template with
 * changing numbers, a regular rhythm) `once` marks by the way, see `habits.ts`. Pure; the same post, the same marks.
 */
export function marksOf(signal: Marked): readonly Mark[] {
  const known = signal.marks ?? [];
  return tests.flatMap(([mark, holds]) => (known.includes(mark) || holds(signal) ? [mark] : []));
}
