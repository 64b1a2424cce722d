import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, measure } from '../../../lib/platforms/threads/measure.ts';

describe('the length of a post on Threads', () => {
  it.each([
    ['plain', 5],
    ['naïve', 5],
    ['日本語', 3],
    ['👍', 4],
    ['👍🏽', 8],
    ['👩‍👩‍👧‍👦', 25],
    ['🇩🇪', 8],
    ['1️⃣', 7],
    ['❤️', 6],
    ['e\u0301', 2],
    ['a\nb', 3],
  ])('of %s is %i', (text, length) => {
    expect(count(text)).toBe(length);
  });

  it('is never less than its characters nor more than its bytes, and adds up', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.constantFrom('👩‍👩‍👧‍👦', '🇩🇪', 'é', '日', ' ', '\n', '❤️'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join('');
        expect(count(text)).toBeGreaterThanOrEqual(Array.from(text).length);
        expect(count(text)).toBeLessThanOrEqual(Buffer.byteLength(text));
        expect(count(`${text}\n${text}`)).toBe(2 * count(text) + 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds five links, each counted once', () => {
    const links = ['a', 'b', 'c', 'd', 'e', 'a'].map((name) => `https://${name}.test`);
    expect(measure(links.join(' ')).fits).toBe(true);
    expect(measure(`${links.join(' ')} www.f.test`)).toEqual({
      length: 6,
      limit: 5,
      unit: 'links',
      fits: false,
    });
  });
});
