import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../lib/trend/detector.ts';
import { mergeSnapshots } from '../../lib/trend/merge.ts';
import type { Snapshot } from '../../lib/trend/snapshot.ts';
import { countsOf, everyday, hour, nameless, signals, start } from './posts.ts';

const eager = { threshold: 0.1, voices: 1 } as const;
const later = start + 49 * hour;

function detect(posts: Parameters<ReturnType<typeof createDetector>['add']>[0][]) {
  const detector = createDetector(eager);
  for (const each of posts) {
    detector.add(each);
    if (each.at % 7 === 0) detector.tick(each.at);
  }
  return detector;
}

const json = (snapshot: Snapshot) => JSON.parse(JSON.stringify(snapshot)) as Snapshot;

describe('a snapshot', () => {
  it('restored goes on to the last digit as if there had been no pause', () => {
    fc.assert(
      fc.property(signals, fc.nat(100), (posts, at) => {
        const whole = detect(posts);
        const first = detect(posts.slice(0, at));
        const second = createDetector(eager, json(first.snapshot()));
        for (const each of posts.slice(at)) {
          second.add(each);
          if (each.at % 7 === 0) second.tick(each.at);
        }
        expect(second.tick(later)).toEqual(whole.tick(later));
        expect(json(second.snapshot())).toEqual(json(whole.snapshot()));
      }),
      { numRuns: 60 },
    );
  });
});

describe('merging snapshots', () => {
  const shards = fc
    .tuple(signals, signals)
    .map(([a, b]): [Snapshot, Snapshot] => [
      detect(a).snapshot(),
      detect(b.map((each) => ({ ...each, id: `${each.id}b` }))).snapshot(),
    ]);

  it('gives the same whichever comes first', () => {
    fc.assert(
      fc.property(shards, ([a, b]) => {
        expect(json(mergeSnapshots(a, b))).toEqual(json(mergeSnapshots(b, a)));
      }),
      { numRuns: 60 },
    );
  });

  it('adds the counts of the running hour and day', () => {
    fc.assert(
      fc.property(signals, (posts) => {
        const anonymous = posts.map(nameless);
        const whole = createDetector();
        const halves = [createDetector(), createDetector()];
        anonymous.forEach((each, n) => {
          whole.add(each);
          halves[n % 2]!.add(each);
        });
        const [a, b] = halves.map((half) => half.snapshot()) as [Snapshot, Snapshot];
        expect(countsOf(mergeSnapshots(a, b))).toEqual(countsOf(whole.snapshot()));
      }),
    );
  });

  it('keeps what was usual: shards together know as much as one alone', () => {
    const [whole, a, b] = [createDetector(), createDetector(), createDetector()];
    const quiet = Array.from({ length: 40 }, (_, n) => everyday(start + n * hour)).flat();
    quiet.forEach((each, n) => {
      whole.add(each);
      (n % 2 === 0 ? a : b).add(each);
    });
    const merged = createDetector({}, mergeSnapshots(a.snapshot(), b.snapshot()));
    for (const detector of [whole, merged]) expect(detector.tick(start + 40 * hour)).toEqual([]);
  });

  it('with an empty one changes nothing that matters', () => {
    const empty = createDetector().snapshot();
    fc.assert(
      fc.property(signals, (posts) => {
        const known = detect(posts).snapshot();
        expect(mergeSnapshots(known, empty).networks).toEqual(known.networks);
      }),
      { numRuns: 30 },
    );
  });
});
