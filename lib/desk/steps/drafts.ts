import { draftId } from '../../draft/propose.ts';
import { compareByWords, type Compare, retold, type Story } from '../../draft/same-story.ts';
import { asPulseError, isError } from '../../errors.ts';
import type { Match } from '../../match/match.ts';
import { likeness } from '../../match/similarity/compare.ts';
import type { Profile } from '../../store/profile.ts';
import type { PostRecord } from '../../store/record.ts';
import type { Desk } from '../context.ts';
import { proposePost } from '../propose.ts';
import { reconcile } from '../reconcile.ts';
import { openVectors } from '../vectors.ts';

const day = 86_400_000;

interface Told extends Story {
  /** Id of the post. */
  post: string;
}

export interface Drafted {
  /** Ids of the new posts. */
  posts: readonly string[];
  /** Matches left out because there is a post on their story. */
  same: number;
}

/**
 * Drafts a post for every story that has none, best match first, no more a day than the profile wants, and opens each
 * on GitLab. A match that tells again what a post of the last two days told is left out, logged and counted. One that
 * fails does not stop the others: the sweep opens it later.
 */
export async function draftPosts(
  desk: Desk,
  matches: readonly Match[],
  profiles: readonly Profile[],
  { cacheDir, tell }: { cacheDir?: string; tell?: (posts: number) => void } = {},
): Promise<Drafted> {
  const opened: string[] = [];
  let same = 0;
  const { cache, keep } = await openVectors(desk, cacheDir);
  for (const profile of profiles) {
    const records = (await desk.records.all(() => undefined)).filter(
      (record) => record.profile === profile.name && record.origin.trend !== undefined,
    );
    const told = records.flatMap(toldBy);
    const since = desk.clock.now() - day;
    const today = records.filter(({ revisions }) => (revisions[0]?.at ?? 0) > since);
    let left = profile.posting.drafts_per_day - today.length;
    for (const match of matches) {
      if (left <= 0) break;
      const { trend } = match;
      const id = draftId(match);
      if (match.profile !== profile.name || told.some(({ post }) => post === id)) continue;
      const before = await retold(trend, told, comparing(desk), cache);
      if (before) {
        same += 1;
        const { post, name } = before;
        desk.log.info({ trend: trend.name, told: name, post }, 'left out: this story was told');
        continue;
      }
      if ((await proposePost(desk, match, profile, cache)) === undefined) continue;
      told.push({ ...trend, post: id });
      left -= 1;
      await reconcile(desk, id).catch((error: unknown) => {
        desk.log.error({ post: id, err: asPulseError(error) }, 'not opened yet');
      });
      opened.push(id);
      tell?.(opened.length);
    }
  }
  await keep();
  return { posts: opened, same };
}

function toldBy({ id: post, origin }: PostRecord): Told[] {
  if (!origin.trend) return [];
  const { id, name, terms } = origin.trend;
  return [{ post, id, name, terms, evidence: origin.evidence as Story['evidence'] }];
}

/** By meaning, or by words where the bundled model cannot be loaded. */
function comparing({ log }: Desk): Compare {
  return (pairs, cache) =>
    likeness(pairs, cache).catch((error: unknown) => {
      if (!isError(error, 'MODEL_FAILED')) throw error;
      log.warn({ err: error }, 'stories are compared by words alone');
      return compareByWords(pairs, cache);
    });
}
