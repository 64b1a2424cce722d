import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../lib/ingest/signal.ts';
import { createDetector, type Detector } from '../../lib/trend/detector.ts';
import { createFollower } from '../../lib/trend/follow.ts';
import { defaultOptions } from '../../lib/trend/options.ts';
import { createPast } from '../../lib/trend/past.ts';
import { createTallies, mergeHours } from '../../lib/trend/sketch/tallies.ts';
import { everyday, hour, signal, signals, start } from './posts.ts';

const eager = { threshold: 0.1, voices: 1 } as const;
const end = start + 49 * hour;

function onePass(posts: readonly Signal[]) {
  const detector = createDetector(eager);
  const follower = createFollower(detector);
  for (const each of posts) follower.add(each);
  return { detector, trends: follower.finish(end) };
}

/** As `trend` does it: shards counted the posts, the detector joins what they counted and holds the posts. */
function inShards(posts: readonly Signal[], shardOf: (n: number) => number, count: number) {
  const shards = Array.from({ length: count }, () => createTallies());
  posts.forEach((post, n) => shards[shardOf(n)]?.add(post));
  const hours = mergeHours(shards.map((shard) => shard.list()));
  const detector = createDetector(eager);
  const follower = createFollower(detector);
  for (const counted of hours.toSorted((a, b) => a.hour - b.hour)) {
    follower.addTally(counted);
    for (const post of posts)
      if (Math.floor(post.at / hour) * hour === counted.hour) detector.hold(post);
  }
  return { detector, trends: follower.finish(end) };
}

/** What is known, in the order of the hashes: rows stand in the order their terms came. */
function pastOf(detector: Detector) {
  return [...detector.known().pasts].map(([network, past]) => {
    const { days, error, ints } = past.kept();
    const rows = Array.from({ length: ints.length / 8 }, (_, row) => {
      const [low, high, mean, closed, last] = ints.subarray(row * 8, row * 8 + 5);
      return [low, high, mean, closed, last].join();
    });
    return { network, days, error, rows: rows.sort() };
  });
}

const flood = Array.from({ length: 12 }, (_, n) =>
  signal(
    `f${n}`,
    `Flood hits Karsund, street ${n} under water ${'abcdefghijkl'[n]}`,
    end - n,
    `w${n}`,
  ),
);
const quiet = Array.from({ length: 49 }, (_, n) => everyday(start + n * hour)).flat();

describe('shards of ingest', () => {
  it('say together what one pass over all posts says, to the last digit', () => {
    fc.assert(
      fc.property(
        signals,
        fc.array(fc.nat(2), { minLength: 80, maxLength: 80 }),
        (posts, where) => {
          const whole = onePass(posts);
          const joined = inShards(posts, (n) => where[n] ?? 0, 3);
          expect(joined.trends).toEqual(whole.trends);
          expect(pastOf(joined.detector)).toEqual(pastOf(whole.detector));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('see a story of which each saw a part', () => {
    const posts = [...quiet, ...flood].sort((a, b) => a.at - b.at);
    const { trends } = inShards(posts, (n) => n % 4, 4);
    expect(trends).toEqual(onePass(posts).trends);
    expect(trends[0]?.terms).toContain('flood');
  });
});

describe('what is usual', () => {
  it('goes on after a pause to the last digit as if there had been none', () => {
    fc.assert(
      fc.property(signals, (posts) => {
        const whole = createDetector(eager);
        for (const each of posts) whole.add(each);
        const noon = start + 24 * hour;
        const first = createDetector(eager);
        for (const each of posts.filter(({ at }) => at < noon)) first.add(each);
        first.tick(noon + 1);
        const { pasts, open, accounts } = first.known();
        const kept = new Map(
          [...pasts].map(([network, past]) => [
            network,
            createPast(defaultOptions.terms, structuredClone(past.kept())),
          ]),
        );
        const second = createDetector(eager, { pasts: kept, open, accounts });
        for (const each of posts.filter(({ at }) => at >= noon)) second.add(each);
        for (const detector of [whole, second]) detector.tick(end + 24 * hour);
        if (posts.some(({ at }) => at >= noon)) expect(pastOf(second)).toEqual(pastOf(whole));
      }),
      { numRuns: 60 },
    );
  });
});
