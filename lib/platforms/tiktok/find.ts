import { fail, isError } from '../../errors.ts';
import { sameWords } from '../graph.ts';
import { partAt } from '../parts.ts';
import type { Found, Handle, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import type { TikTok } from './call.ts';
import { show } from './measure.ts';
import { arrivedOf } from './publish.ts';
import { listVideos } from './read.ts';
import { receiptOf, statusOf } from './status.ts';

/** TikTok works on a post for minutes; after this long it will not end any more, ms. */
const patience = 86_400_000;

/**
 * Asks by the id of the publishing. Without one, no video can be out: every piece comes after it was kept; photos can,
 * once they were asked for. Throws DELIVERY_BUSY while TikTok is still at work.
 */
export async function findPost(
  tiktok: TikTok,
  outgoing: Outgoing,
  handles: readonly Handle[],
): Promise<Found> {
  const kept = handles[0] ?? {};
  const { publish, creator = '', asked } = kept;
  const found = publish === undefined ? undefined : await statusOf(tiktok, publish);
  if (publish === undefined || found === undefined) {
    const listed = await listedAs(tiktok, outgoing, sinceOf(kept) - 60_000);
    if (listed) return listed;
    return publish === undefined && asked === undefined ? 'absent' : 'unknown';
  }
  if (found.status === 'PUBLISH_COMPLETE') return receiptOf(publish, creator, found, tiktok.now());
  if (found.status === 'FAILED' || arrivedOf(found, kept) < Number(kept.size ?? 0)) return 'absent';
  if (tiktok.now() - sinceOf(kept) > patience) return 'unknown';
  const message = 'it is still working on the post';
  const until = tiktok.now() + 60_000;
  throw fail('DELIVERY_BUSY', { platform: 'TikTok', status: 200, message, until });
}

/** Only public videos are listed, and only to apps that may see them. */
async function listedAs(
  tiktok: TikTok,
  outgoing: Outgoing,
  since: number,
): Promise<Found | undefined> {
  const words = show(partAt(outgoing, 0).text);
  try {
    for await (const { id, create_time: at, share_url: url, video_description } of listVideos(
      tiktok,
    )) {
      if (at < since) return undefined;
      if (sameWords(words, video_description))
        return { part: 0, id, ...(url !== undefined && { url }), at };
    }
  } catch (error) {
    if (!isError(error, 'CREDENTIALS_REFUSED') || !error.message.includes('(scope_not_authorized)'))
      throw error;
  }
  return undefined;
}
