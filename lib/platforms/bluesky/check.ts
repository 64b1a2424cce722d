import { thatHold, showsNothing } from '../parts.ts';
import type { Outgoing } from '../outgoing.ts';
import { show } from './measure.ts';

/** Owner and key of a post, of `at://did/app.bsky.feed.post/key` or the address people see at bsky.app. */
export function placeIn(address: string): { repo: string; rkey: string } | undefined {
  const [, repo, rkey] =
    /^(?:at:\/\/|https?:\/\/[^/]+\/profile\/)([^/]+)\/(?:app\.bsky\.feed\.post|post)\/([^/?#]+)/.exec(
      address,
    ) ?? [];
  return repo === undefined || rkey === undefined ? undefined : { repo, rkey };
}

/** See `Platform.refuses`. */
export function refuses({ parts, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  return thatHold([
    showsNothing(part, show),
    index === 0 && reply !== undefined && !placeIn(reply) && `"${reply}" is no address of a post`,
  ]);
}
