import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchTrends } from '../../lib/match/matching.ts';
import { mentioned as trend, profile, storm } from './weather.ts';

/** Vectors that depend on the text alone, and which texts were asked for. */
function counting() {
  const asked: string[] = [];
  const embed = (texts: readonly string[]) => {
    asked.push(...texts);
    return Promise.resolve(
      texts.map((text) => {
        const angle = Array.from(text).reduce(
          (sum, letter) => sum + (letter.codePointAt(0) ?? 0),
          0,
        );
        return Float32Array.of(Math.cos(angle), Math.sin(angle));
      }),
    );
  };
  return { asked, embedder: { name: 'counting', embed } };
}

const anyway = { ...profile, threshold: 0 };

it('is the same whatever the order of the trends, and asks for each text once', async () => {
  const { asked, embedder } = counting();
  const trends = [trend('hurricane', storm), trend('heatwave', ['Heatwave', 'A heatwave'])];
  const cache = new Map<string, Float32Array>();
  const first = await matchTrends(trends, anyway, embedder, cache);
  const count = asked.length;
  expect(new Set(asked).size).toBe(count);
  expect(await matchTrends(trends.toReversed(), anyway, embedder, cache)).toEqual(first);
  expect(asked).toHaveLength(count);
  expect(await matchTrends(trends, anyway, embedder)).toEqual(first);
});

it('gives probabilities, shares that sum to one, and the same again', async () => {
  const words = ['hurricane', 'storm surge', 'heatwave', 'game', 'rain', '#sandy', 'Münster', '雨'];
  const post = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((all) => all.join(' '));
  const trends = fc.array(fc.array(post, { maxLength: 5 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(trends, fc.double({ min: -1, max: 1, noNaN: true }), async (all, prior) => {
      const given = all.map((posts, at) => trend(`trend ${at}`, posts));
      const match = () =>
        matchTrends(given, anyway, counting().embedder, new Map(), { prior: () => prior });
      const found = await match();
      for (const { score, reasons } of found) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThan(1);
        expect(reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
      }
      expect(await match()).toEqual(found);
    }),
    { numRuns: 40 },
  );
});
