import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkup, parseMarkup } from '../../../lib/platforms/markup.ts';
import { countCharacters, measure, show } from '../../../lib/platforms/telegram/measure.ts';
import { spellOut } from '../../../lib/platforms/telegram/spell.ts';

describe('marks', () => {
  it('keep their places around an address that is spelled out', () => {
    const text = '**[write](mailto:a@b.example) now** and *then*';
    const { plain, spans } = spellOut(parseMarkup(text));
    expect(plain).toBe('write (a@b.example) now and then');
    const marked = spans.map(({ style, start, end }) => [style, plain.slice(start, end)]);
    expect(marked).toEqual([
      ['bold', 'write (a@b.example) now'],
      ['italic', 'then'],
    ]);
  });

  it('are untouched where no mail is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        const markup = parseMarkup(text);
        fc.pre(!/mailto:/i.test(text));
        expect(spellOut(markup)).toEqual(markup);
      }),
    );
  });
});

describe('the length of a message', () => {
  it.each([
    ['plain words', 'Hello', 5],
    ['no markup', '**bold** and `code`', 13],
    ['the words of a link alone', '[the page](https://example.com/very/long)', 8],
    ['a mail address, which is spelled out', '[write](mailto:desk@a.example)', 22],
    ['a mail address that is its own words once', '[a@b.example](mailto:a@b.example)', 11],
    ['a code point each, whatever people see', '👨‍👩‍👧', 5],
    ['an emoji as one, though it is two units', '😀', 1],
    ['no white space at the ends', '\n a b \n', 3],
    ['combining marks', 'e\u0301', 2],
  ])('counts %s', (_, text, length) => {
    expect(measure(text).length).toBe(length);
  });

  it('is that of what is shown', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(anything, (text) => {
        expect(measure(text).length).toBe(Array.from(show(text)).length);
        expect(show(escapeMarkup(text))).toBe(text.trim());
        expect(countCharacters(text)).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('ends at 4096 emoji, as was measured at Telegram', () => {
    expect(measure('😀'.repeat(4096)).fits).toBe(true);
    expect(measure('😀'.repeat(4097)).fits).toBe(false);
  });
});
