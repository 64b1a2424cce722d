import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, measureComment, show } from '../../../lib/platforms/instagram/measure.ts';

describe('the length of a caption', () => {
  it('is that of what people read, and never more than all three limits allow', () => {
    const word = fc.constantFrom('#tag ', '@who ', 'word ', '👩‍👩‍👧 ', 'é', '**bold** ');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 120 }), (words) => {
        const text = words.join('');
        const shown = show(text);
        const tags = shown.match(/#tag/g)?.length ?? 0;
        const who = shown.match(/@who/g)?.length ?? 0;
        expect(measure(text).fits).toBe(shown.length <= 2200 && tags <= 30 && who <= 20);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['#a '.repeat(31), { length: 31, limit: 30, unit: 'hashtags', fits: false }],
    ['@a '.repeat(21), { length: 21, limit: 20, unit: 'mentions', fits: false }],
    ['a'.repeat(2201), { length: 2201, limit: 2200, unit: 'characters', fits: false }],
    ['#1 of 2, me@example.com', { length: 23, limit: 2200, unit: 'characters', fits: true }],
  ])('%.20s', (text, expected) => {
    expect(measure(text)).toEqual(expected);
  });

  it('of a comment is shorter', () => {
    expect(measureComment('a'.repeat(301)).fits).toBe(false);
    expect(measureComment('#a #b #c #d #e').unit).toBe('hashtags');
    expect(measureComment('https://a.test https://b.test').unit).toBe('links');
    expect(measureComment('See https://a.test #a').fits).toBe(true);
  });
});
