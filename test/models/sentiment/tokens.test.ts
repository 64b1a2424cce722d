import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../lib/models/sentiment/tokens.ts';

const texts = (text: string) => tokensOf(text).map((token) => token.text);

describe('tokensOf', () => {
  it('finds words, tags as written and as words, faces, emoji, links and mentions', () => {
    expect(texts('@me I LOVE #GoodDay :-) 👍🏽 http://a.b/c $BTC 10:30 &lt;3')).toEqual(
      '@user i love #goodday good day :-) 👍🏽 http $btc 10:30 <3'.split(' '),
    );
  });

  it('marks what stands behind a negation, until the clause ends', () => {
    const negated = tokensOf("I don't like it at all, but I can’t complain! Fine")
      .filter((token) => token.negated)
      .map((token) => token.text);
    expect(negated).toEqual(['like', 'it', 'at', 'all', ',', 'complain', '!']);
  });

  it('tells what is shouted and drawn out', () => {
    const [so, good, it] = tokensOf('SOOOO good I');
    expect(so).toMatchObject({ text: 'soo', shouted: true, drawn: true });
    expect(good).toMatchObject({ shouted: false, drawn: false });
    expect(it).toMatchObject({ shouted: false });
  });

  it('loses no word of letters and blanks, in any script', () => {
    const word = fc
      .stringMatching(/^[a-zäéçжяעبक]{1,8}$/u)
      .filter((each) => !/(.)\1\1/u.test(each));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(texts(words.join(' '))).toEqual(words);
      }),
    );
  });

  it('reads anything', () => {
    expect(texts('\ud83d \udc4d\u0000')).toEqual(['\ud83d', '\udc4d', '\u0000']);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const tokens = tokensOf(text);
        expect(tokens.every((token) => token.text.length > 0)).toBe(true);
        expect(tokensOf(text)).toEqual(tokens);
      }),
    );
  });
});
