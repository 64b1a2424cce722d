import { asPulseError } from '../../errors.ts';
import type { Match } from '../../match/match.ts';
import type { Profile } from '../../store/profile.ts';
import type { PostRecord } from '../../store/record.ts';
import type { Trend } from '../../trend/trend.ts';
import type { Desk } from '../context.ts';
import { proposePost } from '../propose.ts';
import { reconcile } from '../reconcile.ts';

const day = 86_400_000;

/**
 * Drafts a post for every story that has none, best match first, no more a day than the profile wants, and opens each
 * on GitLab. Ids of the new posts. One that fails does not stop the others: the sweep opens it later.
 */
export async function draftPosts(
  desk: Desk,
  matches: readonly Match[],
  profiles: readonly Profile[],
  tell?: (posts: number) => void,
): Promise<readonly string[]> {
  const opened: string[] = [];
  for (const profile of profiles) {
    const records = (await desk.records.all(() => undefined)).filter(
      (record) => record.profile === profile.name && record.origin.trend !== undefined,
    );
    const told = records.map(storyOf);
    const since = desk.clock.now() - day;
    const today = records.filter(({ revisions }) => (revisions[0]?.at ?? 0) > since);
    let left = profile.posting.drafts_per_day - today.length;
    for (const match of matches) {
      if (left <= 0) break;
      if (match.profile !== profile.name || told.some((story) => isSame(story, match.trend)))
        continue;
      const id = await proposePost(desk, match, profile);
      if (id === undefined) continue;
      told.push(match.trend);
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

type Story = Pick<Trend, 'terms' | 'evidence'>;

function storyOf({ origin }: PostRecord): Story {
  return { terms: origin.trend?.terms ?? [], evidence: origin.evidence as Story['evidence'] };
}

/** Two trends tell one story when they share a term within two days of each other. */
function isSame(a: Story, b: Story): boolean {
  const near = Math.abs(timeOf(a) - timeOf(b)) < 2 * day;
  return near && a.terms.some((term) => b.terms.includes(term));
}

const timeOf = ({ evidence }: Story) => Math.max(0, ...evidence.map(({ at }) => at));
