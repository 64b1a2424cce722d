import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../lib/platforms/bluesky/measure.ts';

describe('the length of a text on Bluesky', () => {
  it.each<[string, string, number, boolean]>([
    ['letters', 'a'.repeat(300), 300, true],
    ['one too many', 'a'.repeat(301), 301, false],
    ['accents put on afterwards', 'é'.repeat(300), 300, true],
    ['flags', '🇩🇪'.repeat(300), 300, true],
    ['lines that end in two characters', '\r\n'.repeat(300), 300, true],
    ['nothing', '', 0, true],
  ])('counts %s', (_name, text, length, fits) => {
    expect(measure(text)).toEqual({ length, limit: 300, unit: 'characters', fits });
  });

  it('counts bytes where those run out first', () => {
    const families = '👨‍👩‍👧‍👦'.repeat(150);
    expect(measure(families)).toEqual({ length: 3750, limit: 3000, unit: 'bytes', fits: false });
  });

  it('never says that something fits which the lexicon refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const graphemes = [...new Intl.Segmenter().segment(text)].length;
        const allowed = graphemes <= 300 && new TextEncoder().encode(text).length <= 3000;
        expect(measure(text).fits).toBe(allowed);
      }),
    );
  });
});
