import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedTerms, termsOf } from '../../../lib/trend/sketch/merge.ts';
import { createTally } from '../../../lib/trend/sketch/tally.ts';
import { createScanner, Kind } from '../../../lib/trend/terms/terms.ts';
import { signal, start } from '../posts.ts';
import { posts, tallyOf, trueCounts, zipf } from './streams.ts';

describe('createTally', () => {
  it('counts each term once a post, its authors, and those who only pass it on', () => {
    const tally = tallyOf([
      signal(1, 'Flood in the harbour, flood!', start, 'ann'),
      signal(2, 'the harbour #Flood', start, 'bob'),
      { ...signal(3, 'Harbour!', start, 'bob'), copy: true },
      signal(4, 'harbour', start),
    ]);
    const found = Object.fromEntries([...termsOf(tally)].map((one) => [one.term, one]));
    expect(tally).toMatchObject({ posts: 4, known: 3, error: 0 });
    expect(found.harbour).toMatchObject({ posts: 4, originals: 3, known: 3, kind: Kind.word });
    expect(found.flood).toMatchObject({ posts: 2, originals: 2, known: 2 });
    expect(found['#flood']).toMatchObject({ posts: 1, kind: Kind.hashtag });
    const { low, high } = found.harbour!;
    expect(tally.authorsOf(tally.find(low, high))).toBe(2);
  });

  it('writes every term as the scanner does, also after half of them went', () => {
    fc.assert(
      fc.property(posts, fc.integer({ min: 4, max: 60 }), (signals, limit) => {
        const spelled = new Set(trueCounts(signals).keys());
        for (const { term } of termsOf(tallyOf(signals, limit))) expect(spelled).toContain(term);
      }),
    );
  });

  it('is never too high, and at most `error` too low, however few terms it may keep', () => {
    fc.assert(
      fc.property(posts, fc.integer({ min: 4, max: 60 }), (signals, limit) => {
        const tally = tallyOf(signals, limit);
        const counted = new Map([...termsOf(tally)].map((one) => [one.term, one.posts]));
        for (const [term, count] of trueCounts(signals)) {
          expect(counted.get(term) ?? 0).toBeLessThanOrEqual(count);
          expect(counted.get(term) ?? 0).toBeGreaterThanOrEqual(count - tally.error);
        }
      }),
    );
  });

  it('stays within its limit on a stream of many words, and keeps the frequent ones', () => {
    const stream = zipf(6000, 1);
    const tally = tallyOf(stream, 2000);
    const exact = tallyOf(stream);
    expect(exact.size).toBeGreaterThan(8000);
    expect(tally.size).toBeLessThanOrEqual(2000 + 512);
    expect(tally.error).toBeGreaterThan(0);
    const often = sortedTerms(exact).filter((one) => one.posts > tally.error);
    expect(often.length).toBeGreaterThan(50);
    for (const one of often) {
      const row = tally.find(one.low, one.high);
      expect(row).not.toBe(-1);
      expect(tally.termAt(row).posts).toBeGreaterThanOrEqual(one.posts - tally.error);
    }
  });

  it('begins anew after a reset', () => {
    const scan = createScanner();
    fc.assert(
      fc.property(posts, posts, (before, after) => {
        const tally = createTally(40);
        for (const one of before) tally.add(one, scan(one.text, one.tags, true));
        tally.reset();
        for (const one of after) tally.add(one, scan(one.text, one.tags, true));
        const fresh = tallyOf(after, 40);
        expect([...termsOf(tally)]).toEqual([...termsOf(fresh)]);
        expect([tally.posts, tally.error]).toEqual([fresh.posts, fresh.error]);
      }),
    );
  });
});
