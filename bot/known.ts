import type { Hint } from '../lib/desk/locate.ts';
import { keyOf } from './route.ts';

/**
 * Remembers which posts an issue or a merge request turned out to be about, so that GitLab is asked once and not for
 * every webhook. A branch is not remembered: the default branch is about other posts every time. Should an entry ever
 * be wrong, the sweep, which remembers nothing, finds the right post.
 */
export function createKnown(limit = 10_000) {
  const found = new Map<string, readonly string[]>();
  return {
    postsOf: (hint: Hint): readonly string[] | undefined => found.get(keyOf(hint)),
    learn(hint: Hint, posts: readonly string[]): void {
      if (posts.length === 0 || 'branch' in hint) return;
      if (found.size >= limit) found.clear();
      found.set(keyOf(hint), posts);
    },
  };
}
