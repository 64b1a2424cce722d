import type { Curve } from './curve.ts';

/**
 * How long a trend holds people's attention: a `flash` has half of its posts within 3 hours (a goal, an outage, a quake), a `story`
 * within a day, and what `lasts` goes on beyond.
 */
export const durations = ['flash', 'story', 'lasting'] as const;
export type Duration = (typeof durations)[number];

/** Most hours of each that hold half of the posts. */
const [mostFlash, mostStory] = [3, 12];

/** By the shortest run of hours that holds at least half of the posts; half of a day of even attention is 12. */
export function durationOf({ counts }: Curve): Duration {
  const all = counts.reduce((a, b) => a + b, 0);
  let shortest = counts.length;
  for (let from = 0, to = 0, sum = 0; from < counts.length; from++) {
    while (to < counts.length && sum * 2 < all) sum += counts[to++] ?? 0;
    if (sum * 2 < all) break;
    shortest = Math.min(shortest, to - from);
    sum -= counts[from] ?? 0;
  }
  return shortest <= mostFlash ? 'flash' : shortest <= mostStory ? 'story' : 'lasting';
}
