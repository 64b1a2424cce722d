import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, show } from '../../../lib/platforms/mastodon/measure.ts';

const long = `https://example.com/${'a'.repeat(200)}?b=1#c`;

describe('the length of a text on Mastodon', () => {
  it.each<[string, string, number]>([
    ['letters', 'Hello', 5],
    ['nothing', '', 0],
    ['an address', `See ${long}.`, 4 + 23 + 1],
    ['a short address as a long one', 'http://a.de', 23],
    ['an address in brackets', '(https://example.com/a_(b))', 23 + 2],
    ['no address without its scheme', 'example.com/a', 13],
    ['an address behind CJK', '見よhttps://example.com/', 2 + 23],
    ['no address of a domain that cannot be', 'http://nowhere.notatld/x', 24],
    ['a mention without its server', 'Ask @alice@mastodon.example now', 14],
    ['a mention with dots and dashes', '@a.b-c@x-y.example.org!', 7],
    ['no mention in an e-mail address', 'me@example.com', 14],
    ['families for one', '👨‍👩‍👧‍👦🇩🇪é', 3],
    ['a link of Markdown as it is sent', '[here](https://example.com/a)', 'here ('.length + 23 + 1],
    ['no marks', '**bold** and _wry_', 12],
  ])('counts %s', (_name, text, length) => {
    expect(measure(text)).toEqual({ length, limit: 500, unit: 'characters', fits: true });
  });

  it('goes by what the instance says', () => {
    const text = `${long} ${'a'.repeat(976)}`;
    expect(measure(text, { characters: 1000 })).toMatchObject({ length: 1000, fits: true });
    expect(measure(text, { characters: 999 }).fits).toBe(false);
    expect(measure(long, { url: 30 }).length).toBe(30);
  });

  it('counts graphemes where there is neither mark, address nor mention', () => {
    const plain = fc
      .string({ unit: 'grapheme', maxLength: 600 })
      .filter((text) => !/[\\`*_~[@:]/.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        const graphemes = [...new Intl.Segmenter().segment(text)].length;
        expect(measure(text)).toMatchObject({ length: graphemes, fits: graphemes <= 500 });
      }),
    );
  });

  it('adds up, whatever stands around an address or a mention', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'Ä', '字'), maxLength: 40 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = `${before} https://example.com/x ${after} @bob@example.org ${before}`;
        const rest = Array.from(`${before}  ${after}  ${before}`).length;
        expect(measure(text).length).toBe(rest + 23 + '@bob'.length);
      }),
    );
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(measure(`https://${text} @${text}@${text}`).length).toBeGreaterThan(0);
        expect(show(text).length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
