import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkup, parseMarkup, withLinks } from '../../lib/platforms/markup.ts';

/** `plain` with what is marked in braces: `{bold words}`. */
function told(text: string): string {
  const { plain, spans } = parseMarkup(text);
  const all = spans.map(({ start, end, style, url }) => {
    const name = url === undefined ? style : `${style} ${url}`;
    return `${name}: ${plain.slice(start, end)}`;
  });
  return [plain, ...all].join(' | ');
}

/** Texts made of what gives trouble: marks, addresses, names, emoji, scripts, blank lines. */
const awkward = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('*', '**', '***', '_', '__', '~~', '`', '``', '\\') },
      fc.constantFrom(
        '[',
        ']',
        '(',
        ')',
        '](https://a.b/c_d)',
        '[',
        '\n',
        '\n\n',
        '\r\n',
        ' ',
        '.',
      ),
      fc.constantFrom(
        'https://a.b/c_d_e?f=*g*',
        '@_a_b_',
        '#c_d_',
        '$EUR',
        'a.bc/_d_',
        'f_g',
        '重点',
      ),
      fc.constantFrom('👨‍👩‍👧‍👦', 'e\u0301', 'שלום', '🇩🇪', 'ﬁ', '\u200b', 'word'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));

describe('parseMarkup', () => {
  it.each([
    [
      '**bold** *it* _it_ ~~gone~~',
      'bold it it gone | bold: bold | italic: it | italic: it | strike: gone',
    ],
    ['`co*de*` ``a`b`` `` ` ``', 'co*de* a`b ` | code: co*de* | code: a`b | code: `'],
    ['***a** b* ***c***', 'a b c | italic: a b | bold: a | bold: c | italic: c'],
    ['**a *b***', 'a b | bold: a b | italic: b'],
    ['**a [b *c*](https://x.y) d**', 'a b c d | bold: a b c d | link https://x.y: b c | italic: c'],
    ['[a](https://x.y/z_(q))!', 'a! | link https://x.y/z_(q): a'],
    ['[write](mailto:a@b.c)', 'write | link mailto:a@b.c: write'],
    ['a [b [c](https://d.e) f](https://g.h)', 'a [b c f](https://g.h) | link https://d.e: c'],
    [
      '**https://a.b/c**, (_https://a.b_)',
      'https://a.b/c, (https://a.b) | bold: https://a.b/c | italic: https://a.b',
    ],
    ['这是**重点**内容', '这是重点内容 | bold: 重点'],
    ['**서울**은', '서울은 | bold: 서울'],
    ['\\*a\\* \\[b\\](https://c.d) \\\\', '*a* [b](https://c.d) \\'],
    ['**a\nb**', 'a\nb | bold: a\nb'],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    '# head\n\n> quote\n- list\n1. one\n\n| a | b |\n***\n<b>x</b> &amp;',
    '**open, *open, ~~open, `open, [open',
    'a * b ** c _ d ~~ e',
    '*a\n\nb* **c\r\n\r\nd**',
    '`a\nb` ```\ncode\n```',
    'f**k this s**t, 2*3*4, a~~b~~c',
    'snake_case_names __init__ ____ ****',
    '@_some_body_ @a_@b_c.social #one_two_ $BTC_X',
    'https://a.b/_c_/*d*?e[f]=_g_&h=~~i~~',
    'example.com/_a_/**b**/c~~d~~',
    '[a](ftp://b.c) [a](javascript:alert) [a](/b) [ ](https://a.b) [1]',
    '\\o/ \\ \\n',
    '  two  blanks\t\n \n',
  ])('leaves %j as it stands', (text) => {
    expect(parseMarkup(text)).toEqual({ plain: text, spans: [] });
  });

  it('gives a text without marks back as it is', () => {
    const unmarked = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((t) => t.replace(/[\\`*_~[]/g, '#'));
    fc.assert(
      fc.property(unmarked, (text) => {
        expect(parseMarkup(text)).toEqual({ plain: text, spans: [] });
      }),
      { numRuns: 10_000 },
    );
  });

  it('marks ranges that lie in the text and never cross', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const { plain, spans } = parseMarkup(text);
        expect(isWithin(plain, text)).toBe(true);
        for (const [index, { start, end, style, url }] of spans.entries()) {
          expect(start >= 0 && start < end && end <= plain.length).toBe(true);
          expect(url !== undefined).toBe(style === 'link');
          for (const other of spans.slice(index + 1))
            expect(other.start >= end || (other.start >= start && other.end <= end)).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes no mark out of an address, a mention or a hashtag', () => {
    const whole = fc.constantFrom('https://a.b/_c_*d*/e', '@_a_b', '#a_b_c', 'a_b_c', '$A');
    fc.assert(
      fc.property(awkward, whole, awkward, (before, name, after) => {
        // Code has no names in it, a backslash none before it.
        fc.pre(!/[`\\]/.test(before + after));
        expect(parseMarkup(`${before} ${name} ${after}`).plain).toContain(name);
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads 100,000 characters of nothing but marks in well under a second', () => {
    const started = performance.now();
    for (const unit of [
      '*a ',
      'a** ',
      '[',
      '`',
      '` ``',
      '[a](https://b.c',
      '**a *b ',
      '_a ~~b ',
      '\\',
    ])
      parseMarkup(unit.repeat(100_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

/** Whether one text is the other with characters left out. */
function isWithin(inner: string, outer: string): boolean {
  let at = 0;
  for (const unit of inner.split('')) {
    at = outer.indexOf(unit, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe('escapeMarkup', () => {
  it('reads as what was escaped, without any mark', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        expect(parseMarkup(escapeMarkup(text))).toEqual({ plain: text, spans: [] });
      }),
      { numRuns: 10_000 },
    );
  });

  it('does so between other words, too', () => {
    fc.assert(
      fc.property(awkward, awkward, (one, two) => {
        const { plain, spans } = parseMarkup(`${escapeMarkup(one)} **x** ${escapeMarkup(two)}`);
        expect(plain).toBe(`${one} x ${two}`);
        expect(spans).toEqual([{ start: one.length + 1, end: one.length + 2, style: 'bold' }]);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['snake_case', 'https://a.b/c_d', '@a_b #c_d', '2 * 3', 'f**k', 'plain'])(
    'leaves %j readable',
    (text) => {
      expect(escapeMarkup(text)).toBe(text);
    },
  );
});

describe('withLinks', () => {
  it.each([
    ['read [the paper](https://a.b/c).', 'read the paper (https://a.b/c).'],
    ['[https://a.b/](https://a.b), [a.b](https://www.a.b/)', 'https://a.b, https://www.a.b/'],
    ['[Read this.](https://a.b)', 'Read this (https://a.b).'],
    ['[me](mailto:a@b.c) [a@b.c](mailto:a@b.c)', 'me (a@b.c) a@b.c'],
    ['**[a](https://b.c)** and `d`', 'a (https://b.c) and d'],
    ['https://a.b/[c]', 'https://a.b/[c]'],
  ])('%j', (text, expected) => {
    expect(withLinks(parseMarkup(text))).toBe(expected);
  });
});
