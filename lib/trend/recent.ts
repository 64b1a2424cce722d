import type { Signal } from '../ingest/signal.ts';
import type { Terms } from './terms/list.ts';

/** Terms of a post that are kept for looking posts up by term, on average. */
const termsPerPost = 24;

/**
 * The last posts and the hashes of their terms, to look up who holds a term that stands out: two rings, of posts and of terms.
 * A post whose terms have been overwritten is found no more. Posts more than `window` ms older than the newest are let go:
 * what is not kept for long need not be moved by the collector of garbage.
 */
export function createRecent(capacity: number, window = Infinity) {
  const posts = new Array<Signal | undefined>(capacity);
  const most = 2 ** Math.ceil(Math.log2(capacity * termsPerPost));
  let size = 0;
  let mask = 0;
  let lows = new Int32Array(0);
  let highs = new Int32Array(0);
  /** Where each post's terms begin, counted since the beginning. */
  const from = new Float64Array(capacity);
  let nextPost = 0;
  /** Number of the oldest post that may still be held. */
  let heldFrom = 0;
  let nextTerm = 0;
  /** Which hashes are sought, by their low bits; all zero in between. */
  const filter = new Uint8Array(filterMask + 1);

  /** Twice the room, while not all of it is in use: most sources are small. */
  const grow = () => {
    size = Math.min(most, Math.max(4096, size * 2));
    const [wasLows, wasHighs] = [lows, highs];
    lows = new Int32Array(size);
    lows.set(wasLows);
    highs = new Int32Array(size);
    highs.set(wasHighs);
    mask = size - 1;
  };

  return {
    add(signal: Signal, terms: Terms): void {
      while (nextTerm + terms.count > size && size < most) grow();
      const since = signal.at - window;
      if (nextPost - heldFrom >= capacity) heldFrom = nextPost - capacity + 1;
      for (; heldFrom < nextPost; heldFrom++) {
        const oldest = posts[heldFrom % capacity];
        if (oldest !== undefined && oldest.at >= since) break;
        posts[heldFrom % capacity] = undefined;
      }
      posts[nextPost % capacity] = signal;
      from[nextPost % capacity] = nextTerm;
      nextPost += 1;
      for (let index = 0; index < terms.count; index++) {
        const at = nextTerm & mask;
        lows[at] = terms.low[index] ?? 0;
        highs[at] = terms.high[index] ?? 0;
        nextTerm += 1;
      }
    },
    /**
     * For each of some terms the numbers of the posts that hold it, newest first, at most `limit` each, posted at `since` or
     * later. Reads back until posts are older: those that came late are found as long as their neighbours are new enough.
     */
    holding(
      sought: readonly { low: number; high: number }[],
      since: number,
      limit: number,
    ): number[][] {
      const found = sought.map((): number[] => []);
      if (sought.length === 0) return found;
      const places = new Map<number, number[]>();
      const note = (number: number, low: number, high: number) => {
        for (const index of places.get(low) ?? []) {
          const list = found[index];
          if (!list || sought[index]?.high !== high) continue;
          if (list.length < limit && list.at(-1) !== number) list.push(number);
        }
      };
      // Half a million hashes pass by: some bits of them tell nearly all apart.
      sought.forEach(({ low }, index) => {
        filter[low & filterMask] = 1;
        places.set(low, [...(places.get(low) ?? []), index]);
      });
      // In variables of its own, because this loop sees every term of the window.
      const sieve = filter;
      const [all, last, only] = [lows, mask, filterMask];
      let end = nextTerm;
      let older = 0;
      const oldest = Math.max(0, nextPost - capacity);
      for (let number = nextPost - 1; number >= oldest && older < patience; number--) {
        const signal = posts[number % capacity];
        const start = from[number % capacity] ?? 0;
        if (start < nextTerm - size) break;
        const late = signal === undefined || signal.at < since;
        older = late ? older + 1 : 0;
        let at = start & last;
        for (let left = late ? 0 : (end - start) | 0; left > 0; left--, at = (at + 1) & last) {
          const low = all[at] ?? 0;
          if (sieve[low & only] !== 0) note(number, low, highs[at] ?? 0);
        }
        end = start;
      }
      for (const { low } of sought) filter[low & filterMask] = 0;
      return found;
    },
    /** The post with this number, as long as it is held. */
    post: (number: number): Signal | undefined =>
      number > nextPost - 1 - capacity ? posts[number % capacity] : undefined,
    /** How many are held. */
    get held() {
      return Math.min(nextPost, capacity);
    },
  };
}
export type Recent = ReturnType<typeof createRecent>;

const filterMask = 0x1fff;
/** Posts in a row that are too old, after which all others will be. */
const patience = 200;
