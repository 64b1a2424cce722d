import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyAccount, mergeAccount, standingOf } from '../../lib/trend/account.ts';
import { createAccounts, mergeAccounts } from '../../lib/trend/accounts.ts';
import { hour, start } from './posts.ts';
import { aPost } from './stories.ts';

const day = 24 * hour;
const account = fc
  .record({
    author: fc.constantFrom('ann', 'bob'),
    early: fc.uniqueArray(
      fc.record({
        trend: fc.constantFrom('a', 'b', 'c', 'd'),
        at: fc.integer({ min: 0, max: 5 }),
        lead: fc.integer({ min: 0, max: 5 }),
      }),
      { selector: ({ trend }) => trend },
    ),
    followers: fc.record({ count: fc.nat(9), at: fc.nat(3) }),
    days: fc.uniqueArray(
      fc.record({
        day: fc.integer({ min: 1, max: 4 }),
        posts: fc.nat(5),
        sum: fc.nat(5),
        onTrends: fc.nat(3),
        sumOnTrends: fc.nat(3),
      }),
      { selector: (each) => each.day },
    ),
  })
  .map((each): KeyAccount =>
    mergeAccount({ network: 'test', ...each }, { network: 'test', ...each }),
  );
const accounts = fc.uniqueArray(account, { selector: ({ author }) => author });
const later = start + 30 * day;

describe('what is known of accounts', () => {
  it('merges to the same whichever comes first, in any grouping, and twice is once', () => {
    fc.assert(
      fc.property(accounts, accounts, accounts, (a, b, c) => {
        expect(mergeAccounts(a, b, later)).toEqual(mergeAccounts(b, a, later));
        expect(mergeAccounts(mergeAccounts(a, b, later), c, later)).toEqual(
          mergeAccounts(a, mergeAccounts(b, c, later), later),
        );
        expect(mergeAccounts(a, a, later)).toEqual(mergeAccounts(a, [], later));
      }),
    );
  });

  it('credits everybody once for a trend, those who were earlier more, copies and programs not at all', () => {
    const known = createAccounts();
    const posts = [
      aPost('1', { author: 'ann', at: start - 3 * hour }),
      aPost('2', { author: 'ann', at: start - hour }),
      aPost('3', { author: 'bob', at: start - hour / 4 }),
      aPost('4', { author: 'echo', at: start - 3 * hour, copy: true }),
      aPost('5', { author: 'bot', at: start - 3 * hour, marks: ['automated'] }),
      aPost('6', { author: 'old', at: start - 20 * hour }),
    ];
    known.credit('flood@1', posts, start);
    known.credit('flood@1', posts, start);
    expect(known.list().map(({ author, early }) => [author, early.length])).toEqual([
      ['ann', 1],
      ['bob', 1],
    ]);
    expect(known.list()[0]?.early[0]?.lead).toBe(3 * hour);
  });

  it('fades with time', () => {
    const known = createAccounts();
    known.credit('flood@1', [aPost('1', { author: 'ann', at: start - 3 * hour })], start);
    const [ann] = known.list();
    const now = standingOf(ann!, start).score;
    expect(standingOf(ann!, start + 14 * day).early).toBeLessThan(
      0.6 * standingOf(ann!, start).early,
    );
    expect(now).toBeGreaterThan(standingOf(ann!, start + day).score);
  });

  it('compares what posts on trends get with what the others of the same account get', async () => {
    const known = createAccounts();
    known.credit('flood@1', [aPost('0', { author: 'ann', at: start - hour })], start);
    const posts = Array.from({ length: 20 }, (_, n) =>
      aPost(`p${n}`, { author: 'ann', counts: { likes: n % 2 === 0 ? 31 : 7 } }),
    );
    const isOnTrend = ({ counts }: { counts?: { likes?: number } }) => counts?.likes === 31;
    await known.compare(posts, isOnTrend);
    await known.compare(posts, isOnTrend);
    const standing = standingOf(known.list()[0]!, start);
    expect(standing.times).toBeCloseTo(4);
    expect(known.list()[0]?.days?.[0]?.posts).toBe(20);
  });

  it('is bounded, and a standing is between 0 and 1', () => {
    const known = createAccounts();
    const posts = Array.from({ length: 5000 }, (_, n) =>
      aPost(`${n}`, { author: `a${n}`, at: start - n, counts: { followers: n } }),
    );
    known.credit('flood@1', posts, start);
    expect(known.list()).toHaveLength(2000);
    fc.assert(
      fc.property(account, fc.integer({ min: 0, max: later }), (each, now) => {
        const { score } = standingOf(each, now);
        expect(score >= 0 && score <= 1).toBe(true);
      }),
    );
  });
});
