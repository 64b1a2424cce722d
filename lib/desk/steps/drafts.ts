import { asPulseError } from '../../errors.ts';
import type { Match } from '../../match/match.ts';
import type { Profile } from '../../store/profile.ts';
import type { Desk } from '../context.ts';
import { proposePost } from '../propose.ts';
import { reconcile } from '../reconcile.ts';

const day = 86_400_000;

/**
 * Drafts a post for every match that has none, best first, no more a day than the profile wants, and opens each on
 * GitLab. Ids of the new posts. One that fails does not stop the others: the sweep opens it later.
 */
export async function draftPosts(
  desk: Desk,
  matches: readonly Match[],
  profiles: readonly Profile[],
  tell?: (posts: number) => void,
): Promise<readonly string[]> {
  const opened: string[] = [];
  for (const profile of profiles) {
    let left = profile.posting.drafts_per_day - (await draftedToday(desk, profile));
    for (const match of matches) {
      if (left <= 0) break;
      if (match.profile !== profile.name) continue;
      const id = await proposePost(desk, match, profile);
      if (id === undefined) continue;
      left -= 1;
      await reconcile(desk, id).catch((error: unknown) => {
        desk.log.error({ post: id, err: asPulseError(error) }, 'not opened yet');
      });
      opened.push(id);
      tell?.(opened.length);
    }
  }
  return opened;
}

/** Posts the machine proposed for a profile within the last day. */
async function draftedToday(desk: Desk, profile: Profile): Promise<number> {
  const since = desk.clock.now() - day;
  const records = await desk.records.all(() => undefined);
  return records.filter(
    (record) =>
      record.profile === profile.name &&
      record.origin.trend !== undefined &&
      (record.revisions[0]?.at ?? 0) > since,
  ).length;
}
