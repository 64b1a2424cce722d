import { type DomainWords, wordsOfDomains } from '../../store/domain-words.ts';
import { domainsOf } from '../../store/domains.ts';
import type { Profile } from '../../store/profile.ts';
import type { Desk } from '../context.ts';

/** What the domain packs of all these profiles know together. */
export async function wordsOfProfiles(
  desk: Pick<Desk, 'domains'>,
  profiles: readonly Profile[],
): Promise<DomainWords> {
  const domains = await desk.domains();
  return wordsOfDomains(profiles.flatMap((profile) => domainsOf(profile, domains)));
}
