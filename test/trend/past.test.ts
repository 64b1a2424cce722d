import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPast } from '../../lib/trend/past.ts';

const day = 24 * 3_600_000;
const monday = Date.parse('2026-11-16T00:00:00Z');

/** A past of days, each with 1,000 posts, of which so many hold the term 1/1. */
function pastOf(counts: readonly number[], limit = 100) {
  const past = createPast(limit);
  counts.forEach((posts, n) => {
    const end = { start: monday + n * day, total: 1000 };
    if (posts > 0) past.add({ low: 1, high: 1 }, posts, end, true);
    past.close(end);
  });
  return past;
}

describe('what is usual', () => {
  it('is the decayed mean of the share of posts, from the first day on', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 60 }), (counts) => {
        const past = pastOf(counts);
        const weights = counts.map((_, n) => 0.5 ** ((counts.length - 1 - n) / 14));
        const sum = counts.reduce((all, posts, n) => all + (weights[n] ?? 0) * (posts / 1000), 0);
        const mean = sum / weights.reduce((a, b) => a + b, 0);
        expect(past.share(past.find(1, 1))).toBeCloseTo(counts.some(Boolean) ? mean : 0, 6);
        expect(past.yesterday(past.find(1, 1))).toBe(counts.at(-1));
      }),
    );
  });

  it('knows what belongs to a day of the week', () => {
    const past = pastOf(Array.from({ length: 28 }, (_, n) => (n % 7 === 4 ? 70 : 0)));
    const term = past.find(1, 1);
    expect(past.weekday(term, monday + 32 * day)).toBeCloseTo(0.07, 6);
    expect(past.weekday(term, monday + 31 * day)).toBe(0);
    expect(past.share(term)).toBeLessThan(0.02);
  });

  it('knows what belongs to a time of the day', () => {
    const past = pastOf([10, 10]);
    const term = past.find(1, 1);
    for (let n = 0; n < 48; n++) {
      const start = monday + (48 + n) * 3_600_000;
      if (n % 24 === 7) past.addHour(term, start, 0.3);
      past.closeHour(start);
    }
    expect(past.hourOfDay(term, monday + 7 * 3_600_000)).toBeCloseTo(0.3, 6);
    expect(past.hourOfDay(term, monday + 8 * 3_600_000)).toBe(0);
  });

  it('forgets the rarer half when there are too many, and says how much it may err', () => {
    const past = createPast(64);
    for (let n = 0; n < 20; n++) {
      const end = { start: monday + n * day, total: 1000 };
      past.add({ low: 1, high: 1 }, 100, end, true);
      for (let k = 0; k < 30; k++) past.add({ low: 2 * (n * 30 + k) + 3, high: 7 }, 2, end, true);
      past.close(end);
      expect(past.size).toBeLessThanOrEqual(64);
    }
    expect(past.share(past.find(1, 1))).toBeCloseTo(0.1, 6);
    expect(past.error).toBeGreaterThan(0);
    expect(past.error).toBeLessThan(0.002);
    expect(past.weekday(past.find(1, 1), monday)).toBeCloseTo(0.1, 6);
  });
});
