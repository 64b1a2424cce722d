import { createHash } from 'node:crypto';
import type { Handle, Outgoing } from '../outgoing.ts';
import { handlesSince } from '../since.ts';

/** First second of 2015, where Discord's time begins, ms. */
const epoch = 1_420_070_400_000;

/** The least id of anything made at `time` (ms UTC): 42 bits of milliseconds, 22 of the rest. */
export function snowflakeAt(time: number): string {
  return String(BigInt(Math.max(0, time - epoch)) << 22n);
}

/** When what has this id was made, ms UTC. */
export function timeOf(snowflake: string): number {
  return Number(BigInt(snowflake) >> 22n) + epoch;
}

/** Whether `a` was made after `b`. */
export const isAfter = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/**
 * What Discord knows a part by for a few minutes, 25 characters at most, the same for every attempt; and when the
 * first claim was made, for the time after that.
 */
export function handles(
  outgoing: Outgoing,
  now: number,
  random: Uint8Array,
  earlier: readonly Handle[],
): readonly Handle[] {
  const made = outgoing.parts.map((_, index) => ({
    nonce: createHash('sha256')
      .update(`${outgoing.delivery} ${index}`)
      .digest('base64url')
      .slice(0, 25),
  }));
  return handlesSince(outgoing, now, random, earlier).map((handle, index) => ({
    ...made[index],
    ...handle,
  }));
}
