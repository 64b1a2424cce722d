import { expect, it } from 'vitest';
import { suggestAccounts } from '../../lib/match/suggested.ts';
import type { KeyAccount } from '../../lib/trend/account.ts';

const hour = 3_600_000;
const account = (author: string, profiles: readonly string[][]): KeyAccount => ({
  network: 'bluesky',
  author,
  early: profiles.map((each, n) => ({ trend: `t${n}`, at: n, lead: hour, profiles: each })),
});
const namesOf = (accounts: readonly KeyAccount[], key_accounts: string[] = []) =>
  suggestAccounts(accounts, { name: 'crypto', key_accounts }, hour).map((each) => [
    each.account.author,
    each.early,
  ]);

it('suggests who was early on two trends of the profile and is not named yet, the most faithful first', () => {
  const accounts = [
    account('everything', [['crypto'], ['crypto'], [], [], [], []]),
    account('once', [['crypto'], ['news']]),
    account('coins', [['crypto'], ['crypto', 'news'], ['crypto']]),
    account('known', [['crypto'], ['crypto']]),
  ];
  const found = [
    ['coins', 3],
    ['everything', 2],
  ];
  expect(namesOf(accounts, ['bluesky:known'])).toEqual(found);
  expect(namesOf(accounts.toReversed(), ['bluesky:known'])).toEqual(found);
});
