import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../lib/draft/split.ts';
import { countGraphemes } from '../../lib/platforms/graphemes.ts';
import { parseMarkup } from '../../lib/platforms/markup.ts';
import type { Measure } from '../../lib/platforms/rules.ts';

const upTo =
  (limit: number) =>
  (text: string): Measure => {
    const length = countGraphemes(parseMarkup(text).plain);
    return { length, limit, unit: 'graphemes', fits: length <= limit };
  };

const split = (text: string, limit: number, options = {}) =>
  splitText(text, upTo(limit), options).parts;

describe('splitText', () => {
  it('leaves alone what fits, without a number', () => {
    expect(split(' One. Two. \n', 20, { numbered: true })).toEqual(['One. Two.']);
    expect(split(' \n ', 20)).toEqual([]);
  });

  it('parts between paragraphs before sentences, and between sentences before words', () => {
    expect(split('One two. Three.\n\nFour five. Six.', 26)).toEqual([
      'One two. Three.',
      'Four five. Six.',
    ]);
    expect(split('One two three. Four five six seven.', 25)).toEqual([
      'One two three.',
      'Four five six seven.',
    ]);
    expect(split('one two three four five', 13)).toEqual(['one two three', 'four five']);
    expect(split('Title\n\nA paragraph that fits by itself.', 33)).toEqual([
      'Title',
      'A paragraph that fits by itself.',
    ]);
  });

  it('fills a part where the next sentence has to be torn anyway', () => {
    const long = 'and then this one sentence goes on and on without any end in sight';
    const [first = ''] = split(`Hi. ${long}`, 40);
    expect(first).toBe('Hi. and then this one sentence goes on');
  });

  it('ends no sentence after an abbreviation', () => {
    expect(split('We asked Dr. Smith of Ulm. He knew.', 28)).toEqual([
      'We asked Dr. Smith of Ulm.',
      'He knew.',
    ]);
  });

  it('sees the end of a sentence behind marks', () => {
    expect(split('This is **really so.** And [this](https://a.b/c) too, my friend.', 30)).toEqual([
      'This is **really so.**',
      'And [this](https://a.b/c) too, my friend.',
    ]);
  });

  it('counts the numbers in, however many digits they have', () => {
    expect(split('aaa bbb ccc', 9, { numbered: true })).toEqual([
      'aaa (1/3)',
      'bbb (2/3)',
      'ccc (3/3)',
    ]);
    const parts = split('word '.repeat(120), 14, { numbered: true });
    expect(parts[0]).toBe(`word (1/${String(parts.length)})`);
    expect(parts.length).toBe(120);
  });

  it('takes less for the first part where it may hold less', () => {
    const options = { first: upTo(5) };
    expect(split('aaaa bbbb cccc dddd', 9, options)).toEqual(['aaaa', 'bbbb cccc', 'dddd']);
  });

  it('keeps links, names and marks whole', () => {
    expect(split('so [two words](https://a.b/c) #tag_one', 9)).toEqual([
      'so',
      '[two words](https://a.b/c)',
      '#tag_one',
    ]);
    expect(split('some **bold words** here', 11)).toEqual(['some', '**bold words**', 'here']);
    expect(split('no break at 10\u00a0km', 14)).toEqual(['no break at', '10\u00a0km']);
  });

  it('closes and opens marks that are longer than a part', () => {
    expect(split('**one *two three* four**', 9)).toEqual([
      '**one**',
      '***two three***',
      '**four**',
    ]);
    expect(split('`one two`', 4)).toEqual(['`one`', '`two`']);
  });

  it('parts Chinese between words, and never before a full stop', () => {
    const text = '今天天气很好，我们去公园散步。明天可能会下雨，所以我们待在家里看书。';
    expect(split(text, 20)).toEqual([
      '今天天气很好，我们去公园散步。',
      '明天可能会下雨，所以我们待在家里看书。',
    ]);
    for (const part of split(text, 7)) expect(part).not.toMatch(/^[，。]/);
  });

  it('cuts a word that is too long between graphemes', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(split(`a ${family.repeat(7)}`, 3)).toEqual([
      'a',
      ...[3, 3, 1].map((n) => family.repeat(n)),
    ]);
    expect(split('#averylonghashtag', 6)).toEqual(['#avery', 'longha', 'shtag']);
  });

  it('cuts no address, and says which is too long', () => {
    const { parts, tooLong } = splitText('see https://example.com/a?b=c now', upTo(10));
    expect(parts).toEqual(['see', 'https://example.com/a?b=c', 'now']);
    expect(tooLong).toEqual(['https://example.com/a?b=c']);
  });

  it('takes any language, known or not', () => {
    expect(split('One. Two.', 5, { language: 'no such' })).toEqual(['One.', 'Two.']);
  });

  it('parts a book in a moment', () => {
    const book = 'It was the best of times, it was the worst of times. '.repeat(1_000);
    const started = performance.now();
    expect(split(book, 300, { numbered: true }).length).toBeGreaterThan(170);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

/** Pieces that are easily torn. */
const pieces = fc.oneof(
  fc.constantFrom('👨‍👩‍👧‍👦', '🇩🇪🇫🇷', '👍🏽', 'e\u0301\u0323', 'שלום עולם', 'مرحبا بالعالم', '\u200f'),
  fc.constantFrom('今天天气很好', '東京タワー。', '한국어', 'ภาษาไทย', 'हिन्दी', '「引用」'),
  fc.constantFrom(
    'example.com',
    'https://a.example/b_c?d=e',
    '@some_body',
    '@a@b.example',
    '#tag_one',
    '$BTC',
  ),
  fc.constantFrom('. ', '! ', '? ', '\n', '\n\n', ' ', ' ', ' ', '\u00a0', ', ', '…'),
  fc.constantFrom(
    ' **bold words** ',
    ' _it_ ',
    ' [two words](https://a.b/c_(d)) ',
    ' `code x` ',
    '\\*',
  ),
  fc.lorem({ maxCount: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\\*_~`[]/g, '')),
);
const loose = fc.oneof(
  pieces,
  fc.constantFrom(
    '**bold words**',
    '_it_',
    '[two words](https://a.b/c_(d))',
    '`code x`',
    '~~gone~~',
  ),
  fc.constantFrom('**', '*', '***', '`', '~~', '[', '\\'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const joined = (all: readonly string[]) => all.join('');
/** Texts whose marks stand as people set them, and texts with marks anywhere. */
const texts = fc.array(pieces, { minLength: 1, maxLength: 30 }).map(joined);
const wild = fc.array(loose, { minLength: 1, maxLength: 30 }).map(joined);

const bare = (text: string) => text.replace(/\s+/g, '');
const plainOf = (text: string) => parseMarkup(text).plain;

describe('splitting any text', () => {
  it('gives spans with white space between them, each of which fits', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 120 }), (text, limit) => {
        const { parts, tooLong } = splitText(text, upTo(limit));
        let at = 0;
        for (const part of parts) {
          const found = text.indexOf(part, at);
          expect(text.slice(at, found).trim()).toBe('');
          expect(found).not.toBe(-1);
          expect(upTo(limit)(part).fits || tooLong.includes(part)).toBe(true);
          expect(part).toBe(part.trim());
          at = found + part.length;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 10_000 },
    );
  });

  it('loses and gains nothing that people read, even where marks are torn', () => {
    fc.assert(
      fc.property(wild, fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const { parts } = splitText(text, upTo(limit));
        expect(bare(parts.map(plainOf).join(''))).toBe(bare(plainOf(text)));
      }),
      { numRuns: 2_000 },
    );
  });
});
