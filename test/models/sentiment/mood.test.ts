import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoods, moodOf } from '../../../lib/models/sentiment/mood.ts';
import type { Judgement } from '../../../lib/models/sentiment/sentiment.ts';
import type { Trend } from '../../../lib/trend/trend.ts';

const judgement = (negative: number, positive: number, weight = 1): Judgement => ({
  negative,
  neutral: 1 - negative - positive,
  positive,
  label: 'neutral',
  weight,
});

const any = fc
  .tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, 0.5, 1),
  )
  .map(([part, share, weight]) => judgement(part * share, part * (1 - share), weight));

describe('moodOf', () => {
  it('is the mean and the spread of what posts say', () => {
    expect(moodOf([judgement(0, 1), judgement(1, 0)])).toEqual({
      mean: 0,
      spread: 1,
      negative: 0.5,
      neutral: 0,
      positive: 0.5,
      posts: 2,
    });
  });

  it('counts what can hardly be read less, and leaves out what cannot', () => {
    const mood = moodOf([judgement(0, 1), judgement(1, 0, 0.5), judgement(1, 0, 0)]);
    expect(mood).toMatchObject({ posts: 2 });
    expect(mood?.mean).toBeCloseTo(1 / 3);
    expect(moodOf([judgement(1, 0, 0)])).toBeUndefined();
    expect(moodOf([])).toBeUndefined();
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), (judgements) => {
        const mood = moodOf(judgements);
        if (!mood) return;
        expect(Math.abs(mood.mean)).toBeLessThanOrEqual(1 + 1e-9);
        expect(mood.spread).toBeLessThanOrEqual(1 + 1e-9);
        expect(mood.negative + mood.neutral + mood.positive).toBeCloseTo(1);
        expect(mood.positive - mood.negative).toBeCloseTo(mood.mean);
      }),
    );
  });
});

describe('addMoods', () => {
  const trend = (id: string) => ({ id }) as Trend;
  const sentiment = {
    judgeAll: (posts: readonly { text: string }[]) =>
      Promise.resolve(
        posts.map(({ text }) => (text === 'good' ? judgement(0, 1) : judgement(1, 0))),
      ),
  };

  it('gives each trend the mood of its own posts', async () => {
    const posts: Record<string, string[]> = { a: ['good'], b: [], c: ['bad', 'bad'] };
    const found = await addMoods([trend('a'), trend('b'), trend('c')], sentiment, ({ id }) =>
      (posts[id] ?? []).map((text) => ({ text })),
    );
    expect(found.map(({ mood }) => mood?.mean)).toEqual([1, undefined, -1]);
    expect(found.map(({ mood }) => mood?.posts)).toEqual([1, undefined, 2]);
  });
});
