import { platforms } from '../platforms/index.ts';
import type { Account, Platform } from '../platforms/platform.ts';
import type { Profile } from '../store/profile.ts';

/** Values of those of these variables that are set for an account, by the names its network knows. */
export type ValuesOf = (
  account: Account,
  names: readonly string[],
) => Readonly<Record<string, string | undefined>>;

/**
 * Accounts of a profile that can be published to now, in the profile's order: their network is known, can publish, and
 * has credentials enough to connect.
 */
export function usableTargets(
  profile: Profile,
  valuesOf: ValuesOf,
  among: Readonly<Record<string, Platform>> = platforms,
): readonly Account[] {
  return profile.accounts.filter((account) => {
    const found = Object.hasOwn(among, account.platform) ? among[account.platform] : undefined;
    if (!found?.measure) return false;
    const { needs = [found.credentials] } = found;
    return needs.some((names) => {
      const values = valuesOf(account, names);
      return names.every((name) => values[name]);
    });
  });
}

/** Whether a network takes what the machine proposes: words alone. */
export function takesWordsAlone({ media }: Platform): boolean {
  return media?.required !== true;
}
