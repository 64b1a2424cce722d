import type { Handle, Outgoing } from './outgoing.ts';

/**
 * Handles of a network that keeps no key: when the first claim was made, so that only what is newer can be ours.
 */
export function handlesSince(
  outgoing: Outgoing,
  now: number,
  _random: Uint8Array,
  earlier: readonly Handle[],
): readonly Handle[] {
  return outgoing.parts.map((_, index) => ({
    since: new Date(now).toISOString(),
    ...earlier[index],
  }));
}

/** When the first claim on a part was made, ms UTC; 0 when its handle does not say. */
export function sinceOf(handle: Handle | undefined): number {
  const at = Date.parse(handle?.since ?? '');
  return Number.isNaN(at) ? 0 : at;
}
