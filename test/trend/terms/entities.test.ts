import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entitiesOf } from '../../../lib/platforms/x/text.ts';
import { findEntities } from '../../../lib/trend/terms/entities.ts';
import { Kind } from '../../../lib/trend/terms/terms.ts';
import { kind } from '../../eval/tokenise.ts';
import { shared } from '../../shared.ts';

const kinds = {
  hashtag: Kind.hashtag,
  cashtag: Kind.cashtag,
  mention: Kind.mention,
  url: Kind.link,
} as const;
const theirs = (text: string) =>
  entitiesOf(text).map(({ what, start, end }) => ({ kind: kinds[what], start, end }));

/** What the rules are about, in any order. */
const pieces = [
  ...Array.from('#@$./_-: \n"`\'“’…!?&=()[]{}<>|~+*%,;^\\aZ9éあ한😀＃＠—'),
  ...['http://', 'https://', 'HTTP://', '://', 't.co/', '.com', '.co.uk', 'xn--', 'www.', 'com'],
  ...['rt', 'RT', 'foo', 'foo.net', 'x'.repeat(20), 'y'.repeat(64), '\u200D', '\uFE0F', '\u3000'],
  ...['\u00A0', '\u200F', '\t', '\0', '\uD800', '\uFEFF'],
];
const texts = fc
  .array(fc.constantFrom(...pieces), { maxLength: 14 })
  .map((parts) => parts.join(''));

describe('hashtags, cashtags, mentions and links', () => {
  it("are right in every case of twitter-text's own", async () => {
    const cases = shared('data/tokenise/twitter_text_extract.json');
    const { metrics, lines = [] } = await kind.evaluate({ cases });
    expect(metrics.right, lines.join('\n')).toBe(1);
  });

  it('are those that twitter-text finds, in any text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(findEntities(text)).toEqual(theirs(text));
      }),
      { numRuns: 4000 },
    );
  });

  it.each([
    ['last.fm:46 and last.fm?a=b', ['last.fm', 'last.fm']],
    ['http://last.fm:46?a=b', ['http://last.fm:46?a=b']],
    ['(see http://a.com/b_(c(d)e)).', ['http://a.com/b_(c(d)e)']],
    ['http://t.co/abc/def…', ['http://t.co/abc']],
    [',RT@ann -RT@bob', ['@ann']],
    ['#a#b ##c &#d', ['#c']],
    ['$AAPL, $TEST.T $test.ttt $1', ['$AAPL', '$TEST.T', '$test']],
  ])('in %s', (text, expected) => {
    expect(findEntities(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
    expect(findEntities(text)).toEqual(theirs(text));
  });
});
