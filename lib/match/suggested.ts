import type { Profile } from '../store/profile.ts';
import { accountKey, creditOf, type KeyAccount, standingOf } from '../trend/account.ts';

/** An account that may be worth naming in a profile's `key_accounts`. A person decides. */
export interface Suggested {
  account: KeyAccount;
  /** Trends about the profile that it posted about before they were seen. */
  early: number;
  /** 0 to 1; orders the suggestions of one profile. */
  score: number;
}

/** Trends about the profile from which being early is no chance. */
const fewest = 2;
const most = 10;

/**
 * Accounts that were early on at least two trends about the profile and that it does not name yet, best first. Their
 * score is their standing times the share of their credit that the profile's trends gave. Nothing is added to a
 * profile by machine.
 */
export function suggestAccounts(
  accounts: readonly KeyAccount[],
  { name, key_accounts: named }: Pick<Profile, 'name' | 'key_accounts'>,
  now: number,
): Suggested[] {
  return accounts
    .flatMap((account): Suggested[] => {
      if (named.includes(accountKey(account))) return [];
      const own = account.early.filter(({ profiles = [] }) => profiles.includes(name));
      if (own.length < fewest) return [];
      const credit = (all: readonly { lead: number }[]) =>
        all.reduce((sum, { lead }) => sum + creditOf(lead), 0);
      const share = credit(own) / Math.max(1e-9, credit(account.early));
      return [{ account, early: own.length, score: standingOf(account, now).score * share }];
    })
    .sort((a, b) => b.score - a.score || (accountKey(a.account) < accountKey(b.account) ? -1 : 1))
    .slice(0, most);
}
