import { expect, it } from 'vitest';
import { withLanguages } from '../../../lib/desk/steps/languages.ts';
import type { Evidence, Trend } from '../../../lib/trend/trend.ts';

const spanish = 'El agua ha llegado hasta el mercado y la gente espera en los tejados';
const english = 'The water has reached the market and people are waiting on their roofs';

const aTrend = (...evidence: readonly Partial<Evidence>[]): Trend => ({
  id: 'flood@2026-11-21',
  name: 'Flood',
  terms: ['flood'],
  score: 1,
  posts: 9,
  expected: 0,
  firstAt: 0,
  lastAt: 0,
  networks: ['x'],
  evidence: evidence.map((each, n) => ({
    signal: `x:${n}`,
    network: 'x',
    excerpt: spanish,
    at: 0,
    ...each,
  })),
});
const languagesOf = async (trend: Trend) => {
  const [found] = await withLanguages([trend]);
  return [found?.language, ...(found?.evidence.map(({ language }) => language) ?? [])];
};

it('a trend is in the language of most of its evidence, as sources say or texts show', async () => {
  expect(await languagesOf(aTrend({}, { excerpt: english }, {}))).toEqual(['es', 'es', 'en', 'es']);
  const said = aTrend({ language: 'pt-BR' }, { language: 'pt', excerpt: '😀' }, { excerpt: '😀' });
  expect(await languagesOf(said)).toEqual(['pt', 'pt', 'pt', undefined]);
});

it('it is in none where they differ or nothing shows it; what was measured is said by nobody', async () => {
  expect((await languagesOf(aTrend({}, { excerpt: english })))[0]).toBeUndefined();
  expect(await languagesOf(aTrend({ excerpt: 'ok' }))).toEqual([undefined, undefined]);
  const measured = aTrend({ network: 'indicator', excerpt: english });
  expect(await languagesOf(measured)).toEqual([undefined, undefined]);
  expect(await withLanguages([])).toEqual([]);
});
