import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heard, surprise, weights } from '../../lib/trend/surprise.ts';
import { Kind } from '../../lib/trend/terms/terms.ts';

const word = weights[Kind.word]!;
const hashtag = weights[Kind.hashtag]!;
const count = fc.nat(10_000);

describe('surprise', () => {
  it('knows every kind of term', () => {
    expect(weights).toHaveLength(Object.keys(Kind).length);
  });

  it('rises with the posts, falls with what was expected and with the size of the source', () => {
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 1e6 }), (posts, expected, total) => {
        const here = surprise(posts, expected, total, word);
        expect(surprise(posts + 1, expected, total, word)).toBeGreaterThan(here);
        expect(Math.sign(here)).toBe(Math.sign(posts - expected));
        if (posts <= expected) return;
        expect(surprise(posts, expected + 1, total, word)).toBeLessThan(here);
        expect(surprise(posts, expected, total * 2, word)).toBeLessThan(here);
        expect(surprise(posts, expected, total, hashtag)).toBeGreaterThan(here);
      }),
    );
  });

  it('lets a voice count twice, however often it speaks', () => {
    expect(heard(10, 10, 1)).toBe(2);
    expect(heard(10, 10, 9)).toBe(10);
    expect(heard(10, 4, 1)).toBe(8);
    expect(heard(10, 0, 0)).toBe(10);
  });
});
