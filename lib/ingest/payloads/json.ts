import { parseDate } from '../../platforms/dates.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Count, Signal } from '../signal.ts';

/** An object of which nothing is known. */
export type Json = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const objectsOf = (value: unknown): readonly Json[] =>
  listOf(value).flatMap((each) => {
    const object = objectOf(each);
    return object === undefined ? [] : [object];
  });

/** A string that holds something. */
export const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** An id as a string; networks write them as numbers too. */
export const idOf = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : stringOf(value);

/** A number, also one written as a string, as exports do. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** A date in ISO 8601 and UTC, in whatever dialect it was written; undefined when it is none. */
export function dateOf(value: unknown): string | undefined {
  const at = typeof value === 'number' ? value : parseDate(stringOf(value) ?? '');
  return Math.abs(at) < 8e15 ? new Date(at).toISOString() : undefined;
}

export type Counts = Partial<Record<Count, number>>;

/** Counts that stand in an object, by the names the network has for them; of two for one the first counts. */
export function countsIn(
  object: Json | undefined,
  named: readonly (readonly [string, Count])[],
  counts: Counts = {},
): Counts {
  if (object === undefined) return counts;
  for (const [theirs, ours] of named) {
    const count = numberOf(object[theirs]);
    if (count !== undefined) counts[ours] ??= count;
  }
  return counts;
}

/** The signal with these counts and links, where there are any; those it has already stay. */
export function withMore(
  signal: Signal,
  { counts = {}, links = [], copy }: { counts?: Counts; links?: readonly string[]; copy?: boolean },
): Signal {
  const all = { ...counts, ...signal.counts };
  const told = [...new Set([...(signal.links ?? []), ...links])].filter(
    (each) => /^https?:\/\//.test(each) && !signal.text.includes(each),
  );
  return {
    ...signal,
    ...(Object.keys(all).length > 0 && { counts: all }),
    ...(told.length > 0 && { links: told }),
    ...(copy === true && { copy }),
  };
}

/** Stands for a post to which its network gives no id. */
export const hashOf = (...parts: readonly unknown[]): string =>
  fingerprint(parts.map(String).join('\n')).toString(36);
