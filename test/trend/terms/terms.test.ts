import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScanner, Kind, type Terms, writeTerm } from '../../../lib/trend/terms/terms.ts';

const scan = createScanner();

/** Terms as they are written, by kind. */
function read(text: string, tags: readonly string[] = [], links: readonly string[] = []) {
  return listed(scan(text, tags, true, links)).map(({ kind, start, end, ...hash }) => ({
    kind,
    hash: `${hash.low} ${hash.high}`,
    term: writeTerm(text, tags, start, end, links),
  }));
}

const listed = ({ count, low, high, start, end, kind }: Terms) =>
  Array.from({ length: count }, (_, at) => ({
    low: low[at] ?? 0,
    high: high[at] ?? 0,
    start: start[at] ?? 0,
    end: end[at] ?? 0,
    kind: kind[at] ?? 0,
  }));

const termsOf = (...given: Parameters<typeof read>) => read(...given).map(({ term }) => term);
const ofKind = (kind: number, ...given: Parameters<typeof read>) =>
  read(...given)
    .filter((found) => found.kind === kind)
    .map(({ term }) => term);

describe('terms of a post', () => {
  it.each([
    ['Hurricane Sandy hits', ['hurricane', 'sandy', 'hurricane sandy', 'hits', 'sandy hits']],
    ['The flood, the mud', ['flood', 'mud']],
    ["Obama's plan can’t wait", ['obama', 'plan', 'obama plan']],
    ["she'll shell rock'n'roll", ['shell', "rock'n'roll", "shell rock'n'roll"]],
    ['#Sandy is near', ['#sandy', 'sandy', 'near']],
    ['$AAPL up, $5 down', ['$aapl', 'aapl']],
    ['in 2012', []],
    ['amendment 64 passes', ['amendment', 'amendment 64', 'passes']],
    ['New York, the new day', ['york', 'new york']],
    ['storm-surge / flood', ['storm', 'surge', 'storm surge', 'flood', 'surge flood']],
    ['Überschwemmung in KÖLN', ['überschwemmung', 'köln']],
    ['наводнение и ураган', ['наводнение', 'ураган']],
    ['지진 발생', ['지진', '발생', '지진 발생']],
    ['東京タワーの地震', ['東京タワー', '地震']],
    ['แผ่นดินไหวในกรุงเทพ', ['แผ่น', 'ดิน', 'แผ่นดิน', 'ไหว', 'ดินไหว', 'กรุงเทพ']],
    ['𝓯𝓻𝓮𝓮 ＢＩＴＣＯＩＮ', ['free', 'bitcoin', 'free bitcoin']],
    ['🎉🎉 \uD800 ❤️', []],
  ])('%s', (text, expected) => expect(termsOf(text)).toEqual(expected));

  it.each([
    ['@Sandy/news RT @bob: storm', ['@sandy', '@bob', 'storm']],
    [
      '@alice.bsky.social @eve@host.social mail eve@host.com',
      ['@alice', 'mail', 'eve', 'mail eve'],
    ],
    ['https://t.co/AbC www.Sandy.com/ storm', ['t.co/AbC', 'sandy.com', 'storm']],
    ['Amazon.com sued', ['amazon.com', 'amazon', 'sued']],
    ['éhttp://a.com/b end.Start', ['a.com/b', 'end', 'start']],
  ])('in %s no mention and no link is a word', (text, expected) =>
    expect(termsOf(text)).toEqual(expected),
  );

  it('a tag or link its network gave is not counted again in the text', () => {
    const text = '#Sandy $btc https://www.a.com/b?utm_source=x here';
    const given = read(text, ['sandy', '$BTC', 'flood'], ['http://a.com/b/', 'https://c.com#d']);
    expect(given.map(({ term }) => term)).toEqual([
      ...['#sandy', '$btc', '#flood', 'a.com/b', 'c.com', 'sandy', 'btc'],
    ]);
    const alone = read(text).filter(({ kind }) => kind >= Kind.hashtag);
    for (const one of alone) expect(given).toContainEqual(one);
  });

  it('kinds are told apart', () => {
    const text = 'flood #flood $flood @flood flood.com flood water';
    expect(ofKind(Kind.hashtag, text)).toEqual(['#flood']);
    expect(ofKind(Kind.cashtag, text)).toEqual(['$flood']);
    expect(ofKind(Kind.mention, text)).toEqual(['@flood']);
    expect(ofKind(Kind.link, text)).toEqual(['flood.com']);
    expect(ofKind(Kind.phrase, text)).toEqual(['flood water']);
    expect(new Set(read(text).map(({ hash }) => hash)).size).toBe(7);
  });

  it('phrases come only when asked for', () =>
    expect(listed(scan('Hurricane Sandy', [])).map(({ kind }) => kind)).toEqual([0, 0]));

  it('of a very long post are bounded', () => {
    expect(termsOf('harbour lantern '.repeat(5_000))).toHaveLength(512);
    expect(termsOf('地震の東京'.repeat(2_000))).toHaveLength(512);
    expect(termsOf('#a1b '.repeat(2_000))).toHaveLength(512);
  });
});

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    'Sandy',
    "Bob's",
    '#Flüt',
    '＃東京',
    '$TEST.T',
    '@Bob',
    'http://t.co/a?b#c',
    '東京',
  ),
  fc.constantFrom(' ', '-', '’', "'s", '.', '/', '\u200B', 'İ', 'Σ', 'ΟΔΟΣ', '𐐀𐐁𐐂', 'a.com', '9'),
);
const unspaced =
  /[\p{scx=Han}\p{scx=Kana}\p{scx=Hira}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const texts = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));

describe('any text', () => {
  it('gives the same terms in a second scan, inside itself', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { length } = text;
        const once = listed(scan(text, [], true));
        expect(listed(createScanner()(text, [], true))).toEqual(once);
        for (const { low, start, end } of once) {
          expect(low).not.toBe(0);
          expect(start >= 0 && start < end && end <= length).toBe(true);
        }
      }),
    );
  });

  it('gives terms that are the same when they are scanned as they are written', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const one of read(text)) {
          // A host with letters beyond ASCII is a link only after a scheme; where words end without blanks is a guess.
          if (one.kind === Kind.link && !/^[!-~]+$/.test(one.term)) continue;
          if (unspaced.test(one.term) && !/^[@#]/.test(one.term)) continue;
          expect(read(one.term), text).toContainEqual(one);
        }
      }),
    );
  });
});
