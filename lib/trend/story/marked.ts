import { marksOf } from '../../ingest/marks/marks.ts';
import type { Mark, Signal } from '../../ingest/signal.ts';

const known = new WeakMap<Signal, readonly Mark[]>();

/**
 * Marks of a post that may be shown or credited, those its text alone shows included: archives carry none. Read once for each,
 * some 15 to 30 microseconds, so it is asked of candidates and never of every post.
 */
export function marksIn(signal: Signal): readonly Mark[] {
  let marks = known.get(signal);
  if (marks === undefined) known.set(signal, (marks = marksOf(signal)));
  return marks;
}

/** The first `most` of some posts that carry no mark. No more are read than that needs. */
export function unmarked(posts: readonly Signal[], most: number): Signal[] {
  const found: Signal[] = [];
  for (const signal of posts) {
    if (found.length === most) break;
    if (marksIn(signal).length === 0) found.push(signal);
  }
  return found;
}
