import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeGroup } from '../../../lib/trend/story/naming.ts';

/** Name of a group of terms, the strongest first, that these posts hold. */
function nameOf(terms: readonly string[], texts: readonly string[]): string {
  const members = terms.map((term, n) => ({ term, score: 10 - n, expected: 0, posts: [] }));
  return describeGroup(
    { members },
    texts.map((text) => ({ text })),
  ).name;
}
const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n));

describe('the name of a trend', () => {
  it.each<[string, string[], string[]]>([
    [
      'Hurricane Sandy',
      ['sandy', 'hurricane'],
      [
        ...times(6, (n) => `they say Hurricane Sandy hits street ${n} tonight`),
        ...times(8, (n) => `hurricane sandy go away ${n} please`),
      ],
    ],
    [
      'Mists of Pandaria',
      ['pandaria', 'mists'],
      [
        ...times(4, (n) => `Playing Mists of Pandaria ${'abcd'[n]}`),
        ...times(4, (n) => `is Mists of Pandaria ${'efgh'[n]} good`),
      ],
    ],
    [
      'Father’s Day',
      ['father'],
      times(8, (n) => `all for Father’s Day ${'abcdefgh'[n]} of Father’s`),
    ],
    ['New York', ['york'], times(8, (n) => `so much rain in New York on day ${'abcdefgh'[n]}`)],
    [
      'iPhone 5',
      ['iphone'],
      [
        ...times(4, (n) => `my iPhone 5 arrived ${'abcd'[n]}`),
        ...times(4, (n) => `an iPhone 5 for ${'efgh'[n]}`),
      ],
    ],
    ['#EndSARS', ['#endsars', 'endsars'], times(8, (n) => `we march ${'abcdefgh'[n]} #EndSARS`)],
    [
      'Bundestagswahl',
      ['bundestagswahl'],
      times(8, (n) => `nach der Bundestagswahl ${'abcdefgh'[n]} wird es spannend`),
    ],
    [
      'Libya, ambassador',
      ['libya', 'ambassador'],
      [
        ...times(
          4,
          (n) => `the ambassador ${['we sent to', 'who knew', 'dies in', 'leaves'][n]} Libya`,
        ),
        ...times(5, (n) => `what goes on ${'efghi'[n]} in Libya`),
      ],
    ],
    ['東京', ['東京'], times(8, (n) => `${'一二三四五六七八'[n]}東京、${'一二三四五六七八'[n]}`)],
    ['地震速報', ['地震', '速報'], times(8, (n) => `${'一二三四五六七八'[n]}、地震速報`)],
  ])('is %s', (name, terms, texts) => expect(nameOf(terms, texts)).toBe(name));

  it('is no fragment, whatever people write', () => {
    const words = fc.constantFrom('the', 'of', 'flood', 'Karsund', 'and', 'in', 'Mayor', '2012');
    const posts = fc.array(fc.array(words, { minLength: 2, maxLength: 8 }), {
      minLength: 4,
      maxLength: 20,
    });
    fc.assert(
      fc.property(posts, (texts) => {
        const name = nameOf(
          ['flood', 'karsund'],
          texts.map((each) => each.join(' ')),
        );
        expect(name).not.toMatch(/^(?:the|of|and|in|2012)\b(?! (?:Mayor|Karsund))/i);
        expect(name).not.toMatch(/\b(?:the|of|and|in)$/i);
        expect(name).toMatch(/flood|karsund/i);
      }),
    );
  });

  it('never fails, whatever stands in a post', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 10 }),
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
        (texts, terms) => {
          const name = nameOf(terms, texts);
          expect(typeof name).toBe('string');
        },
      ),
    );
  });
});

describe('the terms of a trend', () => {
  it('begin with the strongest and hold the phrases that many posts hold', () => {
    const members = ['sandy', 'subway'].map((term) => ({ term, score: 1, expected: 0, posts: [] }));
    const posts = times(8, (n) => `Hurricane Sandy day ${'abcdefgh'[n]}`).map((text) => ({ text }));
    expect(describeGroup({ members }, posts).terms).toEqual(['sandy', 'hurricane sandy', 'subway']);
  });
});
