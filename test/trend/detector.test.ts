import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../lib/trend/detector.ts';
import { followTrends } from '../../lib/trend/follow.ts';
import { countsOf, everyday, hour, nameless, signal, signals, start } from './posts.ts';

/** Two quiet days, then an hour in which `posts` join the everyday ones. */
function afterTwoDays(posts: readonly [text: string, author?: string][]) {
  const detector = createDetector();
  const last = start + 48 * hour;
  const quiet = Array.from({ length: 49 }, (_, n) => everyday(start + n * hour)).flat();
  const news = posts.map(([text, author], n) => signal(`n${n}`, text, last + n * 1000, author));
  for (const each of [...quiet, ...news].sort((a, b) => a.at - b.at)) detector.add(each);
  return detector.tick(last + hour);
}

const flood = (n: number) => `Flood hits Karsund, street ${n} is under water ${'abcdefghijkl'[n]}`;

describe('the detector', () => {
  it('names what is suddenly posted about, with its evidence', () => {
    const [trend, ...others] = afterTwoDays(
      Array.from({ length: 12 }, (_, n) => [flood(n), `witness${n}`]),
    );
    expect(others).toEqual([]);
    expect(trend).toMatchObject({
      name: 'flood hits',
      terms: expect.arrayContaining(['flood', 'karsund']) as string[],
      posts: 12,
      authors: 12,
      networks: ['test'],
    });
    expect(trend?.id).toMatch(/@2026-11-22$/);
    expect(trend?.expected).toBeLessThan(1);
    expect(trend?.evidence).toHaveLength(5);
    expect(new Set(trend?.evidence.map(({ author }) => author)).size).toBe(5);
  });

  it('sees nothing in everyday posts', () => {
    expect(afterTwoDays([])).toEqual([]);
  });

  it('is not moved by one author, nor by one text', () => {
    expect(afterTwoDays(Array.from({ length: 40 }, (_, n) => [flood(n), 'spammer']))).toEqual([]);
    expect(afterTwoDays(Array.from({ length: 40 }, (_, n) => [flood(1), `bot${n}`]))).toEqual([]);
  });

  it('weighs three posts of each author at most', () => {
    const few = afterTwoDays(
      Array.from({ length: 36 }, (_, n) => [`${flood(n % 12)} ${n}`, `a${n % 3}`]),
    );
    const many = afterTwoDays(
      Array.from({ length: 36 }, (_, n) => [`${flood(n % 12)} ${n}`, `a${n}`]),
    );
    expect(many[0]?.score).toBeGreaterThan(2 * (few[0]?.score ?? 0));
  });

  it('counts what a plain count counts', () => {
    fc.assert(
      fc.property(signals, (posts) => {
        const detector = createDetector();
        const anonymous = posts.map(nameless);
        for (const each of anonymous) detector.add(each);
        const last = anonymous.at(-1)?.at ?? 0;
        const naive = (length: number, word: string) =>
          anonymous.filter(
            ({ at, text }) =>
              Math.floor(at / length) === Math.floor(last / length) &&
              text
                .toLowerCase()
                .split(/[ ,#]+/)
                .includes(word),
          ).length;
        for (const word of ['harbour', 'flood', 'rain']) {
          const alone = createDetector();
          alone.add(signal('x', word, start));
          const [key = '0 0'] = countsOf(alone.snapshot()).keys();
          expect(countsOf(detector.snapshot()).get(key) ?? [0, 0]).toEqual([
            naive(hour, word),
            naive(24 * hour, word),
          ]);
        }
      }),
    );
  });

  it('keeps a bounded number of terms, loses only the rare and says how much it may err', () => {
    const detector = createDetector({ terms: 300 });
    for (let n = 0; n < 3000; n++)
      detector.add(signal(n, `harbour unheard${n}`, start + n * 20_000));
    const { terms, error } = detector.snapshot().networks.test!;
    expect(terms.length).toBeLessThanOrEqual(300);
    expect(error).toBeGreaterThan(0);
    const most = Math.max(...terms.map(([, , , [, day]]) => day));
    // The last day began at post 2160 at the earliest.
    expect(most).toBe(
      3000 - Math.ceil((24 * hour * Math.floor((2999 * 20_000) / (24 * hour))) / 20_000),
    );
  });

  it('keeps the id of a trend from hour to hour', () => {
    const detector = createDetector();
    const ids = new Set<string>();
    for (let n = 0; n < 60; n++) {
      const at = start + n * hour;
      for (const each of everyday(at)) detector.add(each);
      if (n >= 50)
        for (let k = 0; k < 12; k++)
          detector.add(signal(`${n}-${k}`, `${flood(k)} ${n}`, at + 3_590_000 + k, `w${n}${k}`));
      for (const { id, terms } of detector.tick(at + hour))
        if (terms.includes('flood')) ids.add(id);
    }
    expect(ids.size).toBe(1);
  });

  it('makes one trend of what several networks share', () => {
    const both = Array.from({ length: 12 }, (_, n) => signal(n, flood(n), start + n, `w${n}`));
    const detector = createDetector();
    const quiet = Array.from({ length: 20 }, (_, n) => everyday(start - (20 - n) * hour)).flat();
    for (const network of ['a', 'b'])
      for (const each of [...quiet, ...both]) detector.add({ ...each, network });
    const found = detector.tick(start + hour);
    expect(found.map(({ networks }) => networks)).toEqual([['a', 'b']]);
    expect(found[0]?.posts).toBe(24);
    expect(detector.accounts()[0]).toMatchObject({ network: 'a', early: 1 });
  });

  it('says the same of posts that come in any order when they are followed', () => {
    const quiet = Array.from({ length: 30 }, (_, n) => everyday(start + n * hour)).flat();
    const news = Array.from({ length: 12 }, (_, n) => signal(n, flood(n), start + 29 * hour + n));
    const all = [...quiet, ...news];
    const now = start + 30 * hour;
    const forwards = followTrends(createDetector(), all, now);
    expect(forwards.filter(({ terms }) => terms.includes('flood'))).toHaveLength(1);
    expect(followTrends(createDetector(), all.toReversed(), now)).toEqual(forwards);
  });
});
