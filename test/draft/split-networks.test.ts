import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../lib/draft/split.ts';
import { platforms } from '../../lib/platforms/index.ts';

/** Networks with threads, as they count; a tenth of their length makes more parts of less text. */
const networks = Object.values(platforms).flatMap((network) =>
  network.measure && network.parts?.as === 'thread'
    ? [[network.name, (text: string) => network.measure!(text)] as const]
    : [],
);

const piece = fc.oneof(
  fc.constantFrom(
    '👨‍👩‍👧‍👦👍🏽',
    '🇩🇪🇫🇷',
    'e\u0301\u0323',
    'שלום עולם',
    'مرحبا',
    '\u200f',
    'ß',
    '…',
    '\u00a0',
  ),
  fc.constantFrom(
    '今天天气很好。',
    '東京タワー',
    '한국어',
    'ภาษาไทย',
    'example.com',
    'sub.example.co.uk/a',
  ),
  fc.constantFrom(
    ' https://a.example/b_c?d=e#f ',
    ' @some_body ',
    ' @a@b.example ',
    ' #tag_one ',
    ' $BTC ',
  ),
  fc.constantFrom(' **bold** ', ' [words](https://a.b/c) ', ' `x` ', '. ', '! ', '\n\n', '\n', ' '),
  fc.lorem({ maxCount: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => text.replace(/[\\*_~`[]/g, '')),
);
const texts = fc.array(piece, { minLength: 5, maxLength: 60 }).map((all) => all.join(''));

describe('a text is split as each network counts:', () => {
  it('there are networks with threads', () => {
    expect(networks.map(([name]) => name)).toEqual(expect.arrayContaining(['bluesky', 'mastodon']));
  });

  it.each(networks)('%s', (_, measure) => {
    const { limit } = measure('');
    const most = Math.max(60, Math.floor(limit / 10));
    const short = (text: string) => {
      const measured = measure(text);
      return { ...measured, fits: measured.fits && measured.length <= most };
    };
    fc.assert(
      fc.property(texts, fc.boolean(), (text, numbered) => {
        const { parts, tooLong } = splitText(text, short, { numbered });
        let at = 0;
        for (const [index, part] of parts.entries()) {
          const number = ` (${String(index + 1)}/${String(parts.length)})`;
          const words = numbered && parts.length > 1 ? part.slice(0, -number.length) : part;
          const found = text.indexOf(words, at);
          expect(part).toBe(words + (words === part ? '' : number));
          expect(text.slice(at, found).trim()).toBe('');
          expect(short(part).fits || tooLong.includes(words)).toBe(true);
          at = found + words.length;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
