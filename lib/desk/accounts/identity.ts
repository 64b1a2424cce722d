import type { Account } from '../../platforms/platform.ts';
import type { Profile } from '../../store/profile.ts';

/** An account of a profile, and its name for people and for `node jobs/auth.ts`: `crypto/main`. */
export interface Listed {
  name: string;
  profile: string;
  account: Account;
}

/** Every account of every profile. */
export function listAccounts(profiles: readonly Profile[]): readonly Listed[] {
  return profiles.flatMap((profile) =>
    profile.accounts.map((account) => ({
      name: `${profile.name}/${account.name}`,
      profile: profile.name,
      account,
    })),
  );
}

/** Those a person means by `crypto/main`, or by `main` alone. */
export function accountsNamed(all: readonly Listed[], wanted: string): readonly Listed[] {
  return all.filter(({ name, account }) => name === wanted || account.name === wanted);
}

/** What accounts with the same variables share, as a word that can name a folder: `crypto_x`. */
export function identityOf({ platform, variables = '' }: Account): string {
  return `${variables}${platform}`.toLowerCase();
}
