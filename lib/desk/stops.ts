import type { Stop } from '../publish/context.ts';
import type { Desk } from './context.ts';

/** An open issue with this label keeps everything from being published that its title names. */
export const stopLabel = 'pulse-stop';

/** What an issue stops: everything, one profile, or one account of a profile. */
export interface Stopped {
  profile?: string;
  account?: string;
}

/**
 * What the title of an issue with the label stops: `Stop crypto/main` an account, `Stop crypto` a profile. Every other
 * title stops the whole desk, one that names a profile we do not know too: whoever reaches for the switch must not fail
 * by a typing error. Pure.
 */
export function stoppedBy(title: string, profiles: readonly string[]): Stopped {
  const [, profile, account] =
    /^\s*stop\s+([a-z][a-z0-9-]*)(?:\/([a-z][a-z0-9-]*))?\s*(?:$|[:,(.])/i.exec(title) ?? [];
  if (profile === undefined || !profiles.includes(profile.toLowerCase())) return {};
  return {
    profile: profile.toLowerCase(),
    ...(account !== undefined && { account: account.toLowerCase() }),
  };
}

/** Who stopped publishing to this account, if anybody did, as GitLab says now: nothing of it is kept. */
export async function stopFor(
  desk: Pick<Desk, 'gitlab' | 'profiles'>,
  profile: string,
  account: string,
): Promise<Stop | undefined> {
  const issues = await desk.gitlab.openIssues(stopLabel);
  if (issues.length === 0) return undefined;
  const known = (await desk.profiles()).map(({ name }) => name);
  for (const { title, url, author } of issues) {
    const stopped = stoppedBy(title, known);
    if (stopped.profile !== undefined && stopped.profile !== profile) continue;
    if (stopped.account !== undefined && stopped.account !== account) continue;
    const what = [stopped.profile, stopped.account].filter((name) => name !== undefined).join('/');
    const by = ` by @${author.username}`;
    return { what: `${what === '' ? 'the whole desk' : what}${by}`, link: url };
  }
  return undefined;
}
