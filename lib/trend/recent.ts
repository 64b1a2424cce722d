import type { Signal } from '../ingest/signal.ts';

/** Terms of a post that are kept for looking posts up by term, on average. */
const termsPerPost = 24;

/**
 * The last posts and, for each term, a chain through those that hold it, newest first. Two rings: posts, and places
 * (a term in a post) that point at their post and at the place before of the same term. What has been overwritten ends
 * a chain.
 */
export function createRecent(capacity: number) {
  const posts = new Array<Signal | undefined>(capacity);
  const placeCount = 2 ** Math.ceil(Math.log2(capacity * termsPerPost));
  let postOf = new Int32Array(0);
  let before = new Int32Array(0);
  /** Numbers of the next post and place since the beginning. */
  let nextPost = 0;
  let nextPlace = 0;
  let mask = -1;
  /** First place of the newest post. */
  let newestPlace = 0;

  const room = () => {
    const size = Math.min(placeCount, Math.max(4096, postOf.length * 2));
    const [wasPost, wasBefore] = [postOf, before];
    postOf = new Int32Array(size);
    postOf.set(wasPost);
    before = new Int32Array(size);
    before.set(wasBefore);
    mask = size - 1;
  };

  return {
    add(signal: Signal): void {
      posts[nextPost % capacity] = signal;
      nextPost += 1;
      newestPlace = nextPlace;
    },
    /** Whether the chain that begins at `head` begins with the newest post. */
    holdsNewest: (head: number): boolean => head >= newestPlace,
    /** Puts the newest post before the chain `head`; answers the chain's new head. */
    link(head: number): number {
      if (nextPlace >= postOf.length && postOf.length < placeCount) room();
      const at = nextPlace & mask;
      postOf[at] = nextPost - 1;
      before[at] = head;
      return nextPlace++;
    },
    /** Numbers of the posts on a chain, newest first, that were posted at `since` or later; at most `limit`. */
    chain(head: number, since: number, limit: number): number[] {
      const found: number[] = [];
      let at = head;
      let last = Infinity;
      while (at >= 0 && at >= nextPlace - placeCount && found.length < limit) {
        const post = postOf[at & mask] ?? 0;
        // A late post may be older than its neighbours; one that is no longer held ends the chain.
        if (post <= nextPost - 1 - capacity || post >= last) break;
        if ((posts[post % capacity]?.at ?? 0) >= since) found.push(post);
        last = post;
        at = before[at & mask] ?? -1;
      }
      return found;
    },
    /** A post by its number; undefined when it is no longer held. */
    post: (number: number): Signal | undefined =>
      number > nextPost - 1 - capacity ? posts[number % capacity] : undefined,
    /** All that are held, oldest first. */
    all: (): Signal[] => {
      const from = Math.max(0, nextPost - capacity);
      return Array.from({ length: nextPost - from }, (_, n) => posts[(from + n) % capacity]).filter(
        (post) => post !== undefined,
      );
    },
  };
}
export type Recent = ReturnType<typeof createRecent>;
