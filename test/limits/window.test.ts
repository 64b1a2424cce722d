import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeAt, told, used, type Window } from '../../lib/limits/window.ts';

const allowance = { requests: 5, per: 60_000 };
const start = 600_000;

describe('a window', () => {
  it('never lets more through than documented, whenever they are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (pauses) => {
        let window: Window | undefined;
        let now = start;
        const calls: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (freeAt(window, allowance, now) > now) continue;
          window = used(window, allowance, now);
          calls.push(Math.floor(now / allowance.per));
        }
        const most = Math.max(
          0,
          ...Map.groupBy(calls, (index) => index)
            .values()
            .map((each) => each.length),
        );
        expect(most).toBeLessThanOrEqual(allowance.requests);
      }),
    );
  });

  it('says when it is free again, and then it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59_999 }), (offset) => {
        let window: Window | undefined;
        for (let n = 0; n < 5; n += 1) window = used(window, allowance, start + offset);
        const free = freeAt(window, allowance, start + offset);
        expect(free).toBe(start + 60_000);
        expect(freeAt(window, allowance, free)).toBe(free);
      }),
    );
  });

  it('believes the network more than its own counting, both ways', () => {
    const ours = used(undefined, allowance, start, 5);
    const more = told(ours, { status: 200, remaining: 3, reset: start + 9000 }, start);
    expect(freeAt(more, allowance, start)).toBe(start);
    const fewer = told(undefined, { status: 200, remaining: 0, reset: start + 9000 }, start);
    expect(freeAt(fewer, allowance, start)).toBe(start + 9000);
    expect(freeAt(fewer, allowance, start + 9000)).toBe(start + 9000);
  });

  it('counts down what the network said was left', () => {
    let window: Window | undefined = told(
      undefined,
      { status: 200, remaining: 2, reset: start + 9000 },
      start,
    );
    window = used(window, allowance, start);
    expect(freeAt(window, allowance, start)).toBe(start);
    window = used(window, allowance, start);
    expect(freeAt(window, allowance, start)).toBe(start + 9000);
  });

  it('is closed by a 429, for a minute when it does not say how long', () => {
    expect(freeAt(told(undefined, { status: 429 }, start), allowance, start)).toBe(start + 60_000);
    const said = told(undefined, { status: 429, remaining: 14, reset: start + 5000 }, start);
    expect(freeAt(said, allowance, start)).toBe(start + 5000);
  });

  it('keeps a share for writing', () => {
    const four = used(undefined, allowance, start, 4);
    expect(freeAt(four, allowance, start, 0.8)).toBe(start + 60_000);
    expect(freeAt(four, allowance, start)).toBe(start);
    const one = told(undefined, { status: 200, remaining: 1, reset: start + 9000 }, start);
    expect(freeAt(one, allowance, start, 0.8)).toBe(start + 9000);
    expect(freeAt(one, allowance, start)).toBe(start);
  });
});
