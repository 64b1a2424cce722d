import { platforms } from '../platforms/index.ts';
import type { Account, Platform } from '../platforms/platform.ts';
import type { Profile } from '../store/profile.ts';

/**
 * Accounts of a profile that can be published to now, in the profile's order: their network is known, can publish, and
 * has all its credentials. An address has a default of its own and is not asked for.
 */
export function usableTargets(
  profile: Profile,
  credentials: Readonly<Record<string, string>>,
  among: Readonly<Record<string, Platform>> = platforms,
): readonly Account[] {
  return profile.accounts.filter(({ platform }) => {
    const found = Object.hasOwn(among, platform) ? among[platform] : undefined;
    if (!found?.measure) return false;
    return found.credentials.every((name) => name.endsWith('_SERVICE') || credentials[name]);
  });
}
