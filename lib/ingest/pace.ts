import type { Cursor } from './cursors.ts';

/** A source that could not be read is left alone this long the first time, ms; then twice as long each time. */
const shortest = 300_000;
const longest = 21_600_000;

/** Whether a source is to be read at `now` (ms UTC), or still left alone. */
export function isDue({ next }: Cursor, now: number): boolean {
  return next === undefined || next <= now;
}

/**
 * The cursor of a source that could not be read at `now`: its pause is doubled, and lasts at least until the time it
 * named itself (both ms UTC). Pure.
 */
export function pressed(cursor: Cursor, now: number, until = 0): Cursor {
  const pause = Math.min(longest, Math.max(shortest, (cursor.pause ?? 0) * 2));
  return { ...cursor, pause, next: Math.max(now + pause, until) };
}

/**
 * The cursor of a source that was read: its pause shrinks by a quarter, so that one that was under pressure is not
 * asked as often as before at once. Pure.
 */
export function recovered({ pause = 0, ...rest }: Cursor, now: number): Cursor {
  const cursor = { ...rest };
  delete cursor.next;
  const shorter = Math.floor(pause * 0.75);
  return shorter < shortest / 2 ? cursor : { ...cursor, pause: shorter, next: now + shorter };
}
