import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLittle, show, toLittle } from '../../../lib/platforms/linkedin/little.ts';
import { measure } from '../../../lib/platforms/linkedin/measure.ts';
import { escapeMarkup, parseMarkup } from '../../../lib/platforms/markup.ts';

const little = (text: string) => toLittle(parseMarkup(text));
/** Everything that is no escape, no hashtag and no mention as we make them. */
const bare = (text: string) =>
  text
    .replace(/\\[\\|{}@[\]()<>#*_~]/g, '')
    .replace(/\{hashtag\|\|[\p{L}\p{N}\p{M}]+\}/gu, '')
    .replace(/@\[[^[\]]*\]\(urn:li:organization:\d+\)/g, '');

describe('little text', () => {
  it.each([
    ['Plain words.', 'Plain words.'],
    [
      'a (b) [c] {d} <e> x|y @z ~ * _ # \\\\',
      'a \\(b\\) \\[c\\] \\{d\\} \\<e\\> x\\|y \\@z \\~ \\* \\_ \\# \\\\',
    ],
    [
      '**Bold** and [page](https://example.com/a_b)',
      'Bold and page \\(https://example.com/a\\_b\\)',
    ],
    ['On #Kölle2026, #a_b', 'On {hashtag|\\#|Kölle2026}, {hashtag|\\#|a}\\_b'],
    ['C# and issue/#5', 'C\\# and issue/\\#5'],
    [
      'With [Acme (EU)](https://www.linkedin.com/company/123/) today',
      'With @[Acme \\(EU\\)](urn:li:organization:123) today',
    ],
    [
      'By [name](https://www.linkedin.com/company/acme)',
      'By name \\(https://www.linkedin.com/company/acme\\)',
    ],
  ])('of %j is %j', (text, expected) => {
    expect(little(text)).toBe(expected);
    expect(fromLittle(expected)).toBe(show(text));
  });

  it('reads back as what is shown, whatever is written, and leaves nothing reserved bare', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '#tag',
        '(x)',
        '\\',
        '@[a](b)',
        '{hashtag|\\#|x}',
        '[w](https://e.org/_)',
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(fromLittle(little(text))).toBe(show(text));
        expect(bare(little(text))).not.toMatch(/[\\|{}@[\]()<>#*_~]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('shows plain words as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(fromLittle(little(escapeMarkup(plain)))).toBe(plain);
      }),
    );
  });

  it('is what is counted', () => {
    expect(measure('(a)')).toMatchObject({ length: 5, limit: 3000, fits: true });
    expect(measure('('.repeat(1500)).fits).toBe(true);
    expect(measure('('.repeat(1501)).fits).toBe(false);
  });
});
