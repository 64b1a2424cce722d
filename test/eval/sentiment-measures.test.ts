import { describe, expect, it } from 'vitest';
import { lineOf, measure } from './sentiment-measures.ts';

describe('measure', () => {
  it('is what it is by hand', () => {
    const pairs = [
      [0, 0],
      [0, 1],
      [1, 1],
      [2, 2],
      [2, 2],
      [2, 0],
    ] as const;
    const found = measure(pairs.map(([gold, said]) => ({ gold, found: said })));
    expect(found.recall).toEqual({ negative: 1 / 2, neutral: 1, positive: 2 / 3 });
    expect(found.macroRecall).toBeCloseTo((1 / 2 + 1 + 2 / 3) / 3);
    expect(found.accuracy).toBeCloseTo(4 / 6);
    // F1: negative 1 of 2 found and 1 of 2 said, positive 2 of 3 found and 2 of 2 said.
    expect(found.f1).toBeCloseTo((1 / 2 + 4 / 5) / 2);
    expect(found.ece).toBeUndefined();
    expect(lineOf('x', found)).toContain('negative 0.500');
  });

  it('tells how far off probabilities are', () => {
    const sure = (right: number) =>
      Array.from({ length: 10 }, (_, at) => ({
        gold: at < right ? (0 as const) : (1 as const),
        found: 0 as const,
        sure: [0.8, 0.1, 0.1] as const,
      }));
    expect(measure(sure(8)).ece).toBeCloseTo(0);
    expect(measure(sure(5)).ece).toBeCloseTo(0.3);
  });

  it('leaves out labels that do not occur', () => {
    expect(measure([{ gold: 1, found: 1 }]).macroRecall).toBe(1);
    expect(measure([]).macroRecall).toBe(0);
  });
});
