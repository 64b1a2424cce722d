import { type Curve, upTo } from './curve.ts';

/** `emerging`: still growing. `peaking`: about as much as it ever was. `fading`: less than half of that. */
export const phases = ['emerging', 'peaking', 'fading'] as const;
export type Phase = (typeof phases)[number];

const hour = 3_600_000;
/** Hours that are looked at together: one alone is too much up and down. */
const span = 3;
/** Standard deviations of chance by which posts have to grow, and by which what grew has to go on growing. */
const [clearly, still] = [1.5, 0.75];
/** Shares of the top: below the first it fades, up from the second it is back, up from the third it may be growing. */
const [half, back, near] = [0.5, 0.7, 0.8];

/**
 * Where a trend stands at `now` (ms UTC), from its posts by the hour. With a = posts an hour in the last 3 hours, b = in the 3
 * before, top = the highest such mean so far, `grows` = 3a - 3b > 1.5 sqrt(3a + 3b) (what two Poisson counts of the same rate
 * seldom differ by):
 *
 *     emerging   grows, and a >= 0.8 top
 *     fading     a < 0.5 top
 *     peaking    else
 *
 * So that it does not flicker, what stands depends on what stood before: what emerges goes on with 0.75 for 1.5;
 * what is past its growth emerges again only at a new top; what fades is back at 0.7 top. Answers for every curve.
 */
export function phaseOf(curve: Curve, now: number, before?: Phase): Phase {
  const { from, counts } = upTo(curve, now);
  // The running hour is not over: its posts stand for the part of it that is.
  const end = (from + counts.length) * hour;
  const part = Math.min(1, Math.max(1 / 60, 1 - (end - now) / hour));
  const mean = (last: number, length = span) => {
    const sum = counts.slice(Math.max(0, last - length), Math.max(0, last));
    return sum.reduce((a, b) => a + b, 0) / length;
  };
  const whole = (mean(counts.length) * span) / (span - 1 + part);
  const earlier = mean(counts.length - span);
  let top = 0;
  for (let last = 1; last < counts.length; last++) top = Math.max(top, mean(last));
  const highest = Math.max(top, whole);
  if (highest === 0 || whole < (before === 'fading' ? back : half) * highest) return 'fading';
  const limit = (before === 'emerging' ? still : clearly) * Math.sqrt(span * (whole + earlier));
  const grows = span * (whole - earlier) > limit;
  const enough = before === 'peaking' || before === 'fading' ? top : near * highest;
  return grows && whole >= enough ? 'emerging' : 'peaking';
}
