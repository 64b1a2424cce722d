import { TID } from '@atproto/common-web';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handles, tid } from '../../../lib/platforms/bluesky/tid.ts';

const outgoing = (count: number) => ({
  delivery: 'p.bluesky',
  parts: Array.from({ length: count }, (_, n) => ({ text: String(n), media: [] })),
});
const random = () => crypto.getRandomValues(new Uint8Array(80));
const now = Date.parse('2026-11-21T09:00:00Z');

describe('record keys', () => {
  it("are read by the network's own library as they were meant", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 53n) - 1n), fc.nat(1023), (time, clock) => {
        const text = tid(time, clock);
        expect(text).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
        const theirs = TID.fromStr(text);
        expect(BigInt(theirs.timestamp())).toBe(time);
        expect(theirs.clockid()).toBe(clock);
      }),
    );
  });

  it('sort as the parts do', () => {
    const keys = handles(outgoing(10), now, random(), []).map(({ rkey }) => rkey!);
    expect(keys).toEqual([...new Set(keys)].sort());
  });

  it('differ between two deliveries of the same moment', () => {
    const [a] = handles(outgoing(1), now, new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), []);
    const [b] = handles(outgoing(1), now, new Uint8Array([8, 7, 6, 5, 4, 3, 2, 1]), []);
    expect(a!.rkey).not.toBe(b!.rkey);
  });

  it('stay for every later attempt; the time stays until it is stale', () => {
    const first = handles(outgoing(2), now, random(), []);
    expect(handles(outgoing(2), now + 60_000, random(), first)).toEqual(first);
    const later = handles(outgoing(2), now + 3_600_000, random(), first);
    expect(later.map(({ rkey }) => rkey)).toEqual(first.map(({ rkey }) => rkey));
    expect(later.map(({ createdAt }) => createdAt)).toEqual([
      '2026-11-21T10:00:00.000Z',
      '2026-11-21T10:00:00.001Z',
    ]);
  });

  it('are new for parts that an earlier attempt did not have', () => {
    const first = handles(outgoing(1), now, random(), []);
    const more = handles(outgoing(2), now + 1000, random(), first);
    expect(more[0]).toEqual(first[0]);
    expect(more[1]!.rkey! > more[0]!.rkey!).toBe(true);
  });
});
