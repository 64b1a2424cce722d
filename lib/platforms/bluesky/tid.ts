import type { Handle, Outgoing } from '../platform.ts';

const digits = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * A timestamp identifier as atproto.com/specs/tid has it: 53 bits of microseconds, 10 bits of a random clock, as 13
 * characters that sort by time.
 */
export function tid(microseconds: bigint, clock: number): string {
  let rest = ((microseconds & ((1n << 53n) - 1n)) << 10n) | BigInt(clock & 1023);
  let text = '';
  for (let i = 0; i < 13; i += 1) {
    text = `${digits.charAt(Number(rest & 31n))}${text}`;
    rest >>= 5n;
  }
  return text;
}

/** How old a handle's time may be before a later attempt says the time anew: readers sort posts by it. */
const stale = 600_000;

/**
 * Record key and creation time of each part, in the order of the thread. A part that was claimed before keeps its key,
 * which is what makes it one post at the network, and unless it is stale its time, which makes it the same record.
 */
export function handles(
  outgoing: Outgoing,
  now: number,
  random: Uint8Array,
  earlier: readonly Handle[],
): readonly Handle[] {
  return outgoing.parts.map((_, index) => {
    const before = earlier[index];
    const at = now + index;
    const createdAt = before?.createdAt;
    if (before && createdAt !== undefined && now - Date.parse(createdAt) < stale) return before;
    const bytes = random.subarray(index * 8, index * 8 + 8);
    const noise = bytes.reduce((sum, byte) => (sum * 256 + byte) % 1_024_000, 0);
    const rkey =
      before?.rkey ?? tid(BigInt(at) * 1000n + BigInt(noise % 1000), Math.floor(noise / 1000));
    return { rkey, createdAt: new Date(at).toISOString() };
  });
}
