import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSketches } from '../../../lib/trend/sketch/authors.ts';
import { authorHash, authorWidth, dense } from '../../../lib/trend/sketch/loglog.ts';

function sketchOf(names: Iterable<string>) {
  const sketches = createSketches();
  for (const name of names) sketches.add(0, authorHash(name));
  return sketches;
}

const names = fc.array(
  fc.nat(60).map((n) => `author${n}`),
  { maxLength: 80 },
);

/** Root of the mean square of the relative error over many sketches of `count` authors. */
function errorAt(count: number, sketches: number): number {
  let sum = 0;
  for (let run = 0; run < sketches; run++) {
    const authors = Array.from({ length: count }, (_, n) => `${run}@user${n}`);
    sum += (sketchOf(authors).count(0) / count - 1) ** 2;
  }
  return Math.sqrt(sum / sketches);
}

describe('sketches of authors', () => {
  it('depend on who is in them, not on order or repetition', () => {
    fc.assert(
      fc.property(names, (list) => {
        const once = sketchOf([...new Set(list)].sort()).get(0);
        expect(sketchOf([...list, ...list.toReversed()]).get(0)).toEqual(once);
      }),
    );
  });

  it('join into the sketch of all, whichever joins the other', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const [one, other] = [sketchOf(a), sketchOf(b)];
        const both = sketchOf([...a, ...b]).get(0);
        const [was, there] = [one.get(0), other.get(0)];
        one.join(0, there);
        other.join(0, was);
        expect([one.get(0), other.get(0)]).toEqual([both, both]);
        one.join(0, both);
        expect(one.get(0)).toEqual(both);
      }),
    );
  });

  it('are exact for a few, and take 32 bytes for any number', () => {
    const few = sketchOf(['ann', 'bob', 'cy', 'ann']);
    expect(few.count(0)).toBe(3);
    const many = sketchOf(Array.from({ length: 3000 }, (_, n) => `u${n}`)).get(0);
    expect([many.held, many.bits.length]).toEqual([dense, authorWidth]);
  });

  it.each([
    [16, 0.02],
    [30, 0.12],
    [100, 0.15],
    [1000, 0.15],
    [20_000, 0.15],
  ])('of %i authors have a standard error of at most %f', (count, most) => {
    expect(errorAt(count, count > 5000 ? 60 : 300)).toBeLessThan(most);
  });

  it('keep their rows when others go', () => {
    const sketches = createSketches();
    for (let row = 0; row < 1000; row++)
      for (let n = 0; n <= row % 5; n++) sketches.add(row, authorHash(`${row}-${n}`));
    const kept = Array.from({ length: 300 }, (_, n) => n * 3 + 1);
    const before = kept.map((row) => sketches.get(row));
    sketches.keep(kept);
    expect(kept.map((_, to) => sketches.get(to))).toEqual(before);
    expect(sketches.count(300)).toBe(0);
  });
});
