import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkup } from '../../../lib/platforms/markup.ts';
import { toReddit } from '../../../lib/platforms/reddit/compose.ts';
import { measure, show } from '../../../lib/platforms/reddit/measure.ts';
import { readAs } from './world.ts';

describe('our Markdown in Reddit’s', () => {
  it.each([
    ['plain words', 'plain words'],
    ['**bold** and _wry_', '**bold** and *wry*'],
    ['~~gone~~ `code`', '~~gone~~ `code`'],
    ['[words](https://example.com/a_b)', '[words](https://example.com/a_b)'],
    ['[a](https://example.com/(b))', '[a](https://example.com/%28b%29)'],
    ['https://example.com/a_b_c*d', 'https://example.com/a_b_c*d'],
    ['one\ntwo\n\nthree', 'one  \ntwo\n\nthree'],
    ['# no heading', '\\# no heading'],
    ['- no list\n1. none\n> no quote', '\\- no list  \n1\\. none  \n\\> no quote'],
    ['2^10 and >!no spoiler!<', '2\\^10 and \\>!no spoiler!\\<'],
    ['    no code', 'no code'],
    ['a | b', 'a \\| b'],
    ['AT&amp;T', 'AT\\&amp;T'],
    ['u/name in r/place', 'u/name in r/place'],
    ['**bold _and wry_**', '**bold *and wry***'],
    ['日**（本）**語', '日（本）語'],
    ['`a`` b`', '```a`` b```'],
    ['', ''],
  ])('%j is %j', (text, sent) => {
    expect(toReddit(text)).toBe(sent);
  });

  // White space at the ends of lines, and lines without words, show nowhere.
  const seen = (text: string) =>
    text
      .split(/\s*\n\s*/)
      .filter((line) => line !== '')
      .join('\n')
      .replace(/[ \t]+/g, ' ')
      .trim();
  const readsAsShown = (text: string): void => {
    expect(seen(readAs(toReddit(text)))).toBe(seen(show(text)));
  };

  it('reads as what was promised, whatever characters are written', () => {
    const char = fc.constantFrom(...Array.from('ab1 .-+#>*_~`[]()!|^&<=\\:/\n"é日👍'));
    const texts = fc.string({ unit: char, maxLength: 60 });
    fc.assert(
      fc.property(texts, (plain) => readsAsShown(escapeMarkup(plain))),
      { numRuns: 1000 },
    );
  });

  it('reads as what was promised, whatever is marked', () => {
    const piece = fc.constantFrom(
      ...['a', 'word', ' ', ' ', '**', '*', '_', '~~', '`', '\n', '日本', '.', '"', '(', '\\*'],
      '[a](https://example.com/b)',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => readsAsShown(pieces.join(''))),
      { numRuns: 1000 },
    );
  });
});

describe('the length of a text on Reddit', () => {
  it('counts what is sent, escapes and all', () => {
    expect(measure('abc')).toMatchObject({ length: 3, limit: 40_000, fits: true });
    expect(measure('a_b 👍').length).toBe(6);
    expect(measure('x'.repeat(40_001)).fits).toBe(false);
  });
});
