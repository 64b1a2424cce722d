import { describe, expect, it } from 'vitest';
import { createDetector } from '../../lib/trend/detector.ts';
import { followTrends } from '../../lib/trend/follow.ts';
import { everyday, hour, signal, start } from './posts.ts';

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
      name: 'Flood hits Karsund',
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
    expect(detector.accounts()[0]).toMatchObject({ network: 'a', early: [{ lead: hour }] });
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
