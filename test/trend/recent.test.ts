import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecent } from '../../lib/trend/recent.ts';
import { createScanner } from '../../lib/trend/terms/terms.ts';
import { hour, signals } from './posts.ts';

const scan = createScanner();

/** Terms of a post by hash. */
function termsOf(text: string, tags: readonly string[]) {
  const { count, low, high } = scan(text, tags, true);
  return Array.from({ length: count }, (_, n) => ({ low: low[n]!, high: high[n]! }));
}

describe('createRecent', () => {
  it('finds who holds a term within the window, newest first, and lets older posts go', () => {
    fc.assert(
      fc.property(signals, fc.integer({ min: 1, max: 48 }), (posts, hours) => {
        const window = hours * hour;
        const recent = createRecent(100, window);
        for (const post of posts) recent.add(post, scan(post.text, post.tags, true));
        const newest = posts.at(-1);
        if (newest === undefined) return;
        const since = newest.at - window;
        const sought = termsOf('harbour #flood rain', []);
        const wanted = sought.map(({ low, high }) =>
          posts
            .flatMap((post, number) => {
              const held = termsOf(post.text, post.tags);
              const holds = held.some((term) => term.low === low && term.high === high);
              return holds && post.at >= since ? [number] : [];
            })
            .reverse(),
        );
        expect(recent.holding(sought, since, 1000)).toEqual(wanted);
        posts.forEach((post, number) => {
          expect(recent.post(number)).toBe(post.at >= since ? post : undefined);
        });
      }),
    );
  });
});
