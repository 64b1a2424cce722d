import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sketchLines } from '../../../lib/trend/sketch/lines.ts';
import { mergeTallies, sortedTerms, topTerms } from '../../../lib/trend/sketch/merge.ts';
import { type HourTally, mergeHours } from '../../../lib/trend/sketch/tallies.ts';
import { hoursOf, posts, tallyOf, trueCounts, zipf } from './streams.ts';

/** Posts, and which of three shards each comes in by. */
const sharded = fc.tuple(posts, fc.infiniteStream(fc.nat(2))).map(([signals, choose]) => {
  const shards = signals.map(() => choose.next().value as number);
  return { signals, parts: [0, 1, 2].map((n) => signals.filter((_, at) => shards[at] === n)) };
});

const written = (hours: readonly HourTally[]) => [...sketchLines(hours)].join('');

describe('merging tallies', () => {
  it('gives what one pass over all posts gives, to the last byte', () => {
    fc.assert(
      fc.property(sharded, ({ signals, parts }) => {
        expect(written(mergeHours(parts.map(hoursOf)))).toBe(written(hoursOf(signals)));
      }),
    );
  });

  it('does not depend on order or on what is merged first, also where terms had to go', () => {
    fc.assert(
      fc.property(sharded, fc.integer({ min: 4, max: 60 }), ({ parts }, limit) => {
        const [a, b, c] = parts.map((part) => tallyOf(part, limit));
        const all = [
          mergeTallies([a!, b!, c!]),
          mergeTallies([mergeTallies([c!, a!]), b!]),
          mergeTallies([a!, mergeTallies([b!, c!])]),
        ];
        const texts = all.map((tally) => written([{ network: 'test', hour: 0, tally }]));
        expect(new Set(texts).size).toBe(1);
      }),
    );
  });

  it('absorbs into what merging gives', () => {
    fc.assert(
      fc.property(sharded, ({ parts: [a = [], b = []] }) => {
        const merged = mergeTallies([tallyOf(a), tallyOf(b)]);
        const tally = tallyOf(a);
        tally.absorb(tallyOf(b));
        expect(sortedTerms(tally)).toEqual(sortedTerms(merged));
        expect([tally.posts, tally.known, tally.error]).toEqual([merged.posts, merged.known, 0]);
      }),
    );
  });

  it('counts authors once, however often they are merged', () => {
    const tally = tallyOf(zipf(400, 3, 300));
    const twice = mergeTallies([tally, tally]);
    const authors = (of: typeof tally) => sortedTerms(of).map((one) => one.authors);
    expect(authors(twice)).toEqual(authors(tally));
    expect(twice.posts).toBe(2 * tally.posts);
  });

  it('is at most `error` too low where shards or the whole had to forget', () => {
    fc.assert(
      fc.property(sharded, fc.integer({ min: 4, max: 60 }), ({ signals, parts }, limit) => {
        const shards = parts.map((part) => tallyOf(part, limit));
        const merged = mergeTallies(shards, limit);
        expect(merged.size).toBeLessThanOrEqual(limit);
        const counted = new Map(sortedTerms(merged).map((one) => [one.term, one.posts]));
        for (const [term, count] of trueCounts(signals)) {
          expect(counted.get(term) ?? 0).toBeLessThanOrEqual(count);
          expect(counted.get(term) ?? 0).toBeGreaterThanOrEqual(count - merged.error);
        }
      }),
    );
  });

  it('has the same top 50 as one pass, but for terms within the stated error', () => {
    const stream = zipf(6000, 7);
    const shards = [0, 1, 2, 3].map((n) =>
      tallyOf(
        stream.filter((_, at) => at % 4 === n),
        1500,
      ),
    );
    const merged = mergeTallies(shards, 3000);
    const exact = tallyOf(stream);
    expect(merged.error).toBeGreaterThan(0);
    const top = topTerms(exact, 50);
    const least = top[49]!.posts;
    const found = new Map(topTerms(merged, 50).map((one) => [one.term, one.posts]));
    for (const { term, posts: count } of top) {
      if (count > least + merged.error) expect([...found.keys()]).toContain(term);
      const there = found.get(term);
      if (there !== undefined) expect(count - there).toBeLessThanOrEqual(merged.error);
    }
    const counts = trueCounts(stream);
    for (const term of found.keys())
      expect(counts.get(term)).toBeGreaterThanOrEqual(least - merged.error);
  });
});
