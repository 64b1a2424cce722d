import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotable } from '../../lib/draft/facts.ts';
import { harmlessText } from '../../lib/draft/harmless.ts';
import { mendVariant } from '../../lib/draft/mend.ts';
import { shorten, withoutStrays } from '../../lib/draft/shorten.ts';
import { polishText } from '../../lib/draft/typography.ts';
import { bannedIn, hashtagsIn, numbersIn, urlsIn } from '../../lib/draft/words.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { parseMarkup } from '../../lib/platforms/markup.ts';
import { profileWith } from './desk.ts';

describe('words are looked for in what people read', () => {
  it('banned ones, however they are marked, on their line', () => {
    const text = 'one\nyou **won’t** believe\nshock\\_ing shocking';
    expect(bannedIn(text, ['shocking', "you won't believe"])).toEqual([
      { word: 'shocking', match: 'shocking', line: 2 },
      { word: "you won't believe", match: 'you won’t believe', line: 1 },
    ]);
  });

  it('hashtags, addresses and numbers', () => {
    expect(hashtagsIn('**#one** #_two_')).toEqual([
      { tag: '#one', line: 0 },
      { tag: '#_two_', line: 0 },
    ]);
    expect(urlsIn('[the 5 words](https://a.b/c_(d)). **https://e.f/1**, (https://g.h)')).toEqual([
      'https://a.b/c_(d)',
      'https://e.f/1',
      'https://g.h',
    ]);
    expect(numbersIn('[the 5 words](https://a.b/7) **1,200**')).toEqual(['5', '1200']);
  });
});

describe('words of others and of machines', () => {
  it('are quoted as they stand', () => {
    const text = '5 *stars* for `x` by snake_case [sic](https://a.b)';
    const [line] = quotable([{ text, network: 'x' }]);
    expect(parseMarkup(line?.text ?? '')).toEqual({ plain: text, spans: [] });
  });

  it.each(['@**evil**', '@\\_evil', '@`evil`', '**@evil**', '@[evil](https://a.b)'])(
    'address nobody by marks: %s',
    (text) => {
      expect(parseMarkup(harmlessText(`Thanks ${text} !`)).plain).not.toMatch(/@_?evil/);
    },
  );

  it('lose no mark that is only a mark', () => {
    const text = 'A **bold** _claim_, [said](https://a.b) `x` \\*';
    expect(harmlessText(text)).toBe(text);
  });

  it('are mended though marks stand in the middle of what is banned', () => {
    const profile = profileWith();
    const frame = { profile, targets: profile.accounts, platforms };
    const variant = { name: 'a', parts: ['you won’t **believe**'], overrides: {} };
    expect(mendVariant(variant, frame).parts).toEqual([]);
  });

  it('are cut without leaving half a mark', () => {
    const fits = (limit: number) => (text: string) => parseMarkup(text).plain.length <= limit;
    expect(shorten('**All of this is bold and long.**', fits(20))).toBe('All of this is bold…');
    expect(shorten('**All** of it. #one #two', fits(18))).toBe('**All** of it.\n\n#one');
    expect(withoutStrays('**Half a sentence. f**k 2 ** 3')).toBe('Half a sentence. f**k 2 ** 3');
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z *_`[\]()\\.#]{0,60}$/), fc.nat(30), (text, limit) => {
        const cut = shorten(text, fits(limit));
        expect(fits(limit)(cut) || cut === '').toBe(true);
      }),
    );
  });

  it('keep code as it is when they are polished', () => {
    expect(polishText('Wait... `a  -- b...` !')).toBe('Wait… `a  -- b...` !');
  });
});
