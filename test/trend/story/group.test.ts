import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupTerms, type Standout } from '../../../lib/trend/story/group.ts';
import { alike } from '../../../lib/trend/story/spelling.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const term = (name: string, posts: readonly number[], score = posts.length): Standout => ({
  term: name,
  score,
  expected: 1,
  posts,
});
const namesOf = (terms: readonly Standout[], total?: number) =>
  groupTerms(terms, total).map(({ members }) => members.map((each) => each.term));

const standouts = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^#?[a-f]{1,6}( [a-f]{1,3})?$/),
      posts: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 20 }),
      score: fc.integer({ min: 1, max: 5 }),
    }),
    { selector: ({ name }) => name, maxLength: 14 },
  )
  .map((terms) => terms.map(({ name, posts, score }) => term(name, posts, score)));

/** Names of one thing begin with the same of these letters. */
const firstLetter = (name: string) => /^#?[ab]/.exec(name)?.[0].slice(-1);

describe('grouping terms', () => {
  it('brings the many words of one story together and keeps another one apart', () => {
    const storm = [
      term('hurricane', range(0, 60)),
      term('sandy', range(10, 80)),
      term('subway', [12, 15, 18, 21, 70, 71, 72, 900]),
      term('evacuation', [30, 33, 36, 39, 42, 901, 902]),
    ];
    const series = [term('giants', range(500, 540)), term('world series', range(520, 550))];
    expect(namesOf([...storm, ...series], 3000)).toEqual([
      ['sandy', 'hurricane', 'subway', 'evacuation'],
      ['giants', 'world series'],
    ]);
  });

  it('takes a tag, two words and a plural for the same, even where no post has both', () => {
    const terms = [
      term('#endsars', range(0, 9)),
      term('end sars', range(20, 25)),
      term('mayan', range(40, 43)),
      term('mayans', range(50, 52)),
    ];
    expect(namesOf(terms)).toEqual([
      ['#endsars', 'end sars'],
      ['mayan', 'mayans'],
    ]);
    expect(alike('texas', 'texan')).toBe(false);
    expect(alike('#', '@')).toBe(false);
  });

  it('takes names of one thing for the same, each post counted once', () => {
    const terms = [
      term('bitcoin', range(0, 40), 9),
      term('$btc', range(30, 60), 8),
      term('norvault', range(100, 120), 7),
      term('#crypto', range(200, 220), 6),
    ];
    const canonical = (name: string) => (/^(?:bitcoin|\$btc)$/.test(name) ? 'bitcoin' : undefined);
    const [first, ...others] = groupTerms(terms, 3000, canonical);
    expect(first?.members.map((each) => each.term)).toEqual(['bitcoin', '$btc']);
    expect(first?.posts.size).toBe(60);
    expect(others).toHaveLength(2);
    expect(groupTerms(terms, 3000)).toHaveLength(4);
  });

  it('joins nothing to what most posts are about unless they meet more than by chance', () => {
    const flood = term('flood', range(0, 600));
    const chance = term('halloween', [...range(0, 24), ...range(800, 816)]);
    const part = term('brisbane', [...range(0, 36), ...range(800, 804)]);
    expect(namesOf([flood, chance], 1000)).toEqual([['flood'], ['halloween']]);
    expect(namesOf([flood, part], 1000)).toEqual([['flood', 'brisbane']]);
  });

  it('does not join two stories for a word that both use', () => {
    const fund = ['marenna', 'fund', 'etf'].map((name, n) => term(name, range(n, 60 + n), 90 - n));
    const hack = ['norvault', 'exchange', 'halted'].map((name, n) =>
      term(name, range(100 + n, 150 + n), 80 - n),
    );
    const bitcoin = term('bitcoin', [...range(5, 45), ...range(105, 140)]);
    const groups = namesOf([...fund, ...hack, bitcoin], 2000);
    expect(groups).toHaveLength(2);
    for (const names of groups)
      expect(names.includes('norvault') && names.includes('marenna')).toBe(false);
  });

  it('is the same whatever order terms come in, and loses none', () => {
    fc.assert(
      fc.property(
        standouts.chain((terms) =>
          fc.tuple(fc.constant(terms), fc.shuffledSubarray(terms, { minLength: terms.length })),
        ),
        ([terms, shuffled]) => {
          const groups = groupTerms(terms, 60, firstLetter);
          expect(groupTerms(shuffled, 60, firstLetter)).toEqual(groups);
          const names = groups.flatMap(({ members }) => members.map((each) => each.term));
          expect(names.sort()).toEqual(terms.map((each) => each.term).sort());
          for (const { members, posts } of groups)
            expect(new Set(members.flatMap((each) => each.posts))).toEqual(posts);
        },
      ),
    );
  });
});
