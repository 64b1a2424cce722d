import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestOf,
  featuresOf,
  fusedScores,
  poolOf,
  type Ranking,
  raritiesOf,
  weigh,
} from '../../../lib/match/ranking/ranking.ts';
import { cosine } from '../../../lib/match/ranking/semantic.ts';
import { tokensOf, wordsIn } from '../../../lib/match/ranking/tokens.ts';
import { expansion } from '../../../lib/match/ranking/weighting.ts';

const { fits } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../lib/match/ranking/fits.json'), 'utf8'),
) as { fits: readonly (Ranking & { fittedOn: readonly string[]; seen: string })[] };
const [shipped] = fits;

const texts = [
  'Toyota recalls 1.7 million cars worldwide over fuel leaks',
  'RT @news: Toyota recalls 1.7 million cars worldwide over fuel leaks',
  'i recall my first toyota lol',
  'Fuel leaks force the carmaker to call back Lexus models',
  'que carro feo el de la esquina',
  'Nice weather for a walk today',
  '',
];
const others = ['Protests in Cairo go on', 'Stocks fall as oil rises', 'New music from Adele'];

function scores(query: string, given: readonly string[]): number[] {
  const pools = [poolOf(query, given), poolOf('cairo protests', others)];
  const [rarity] = raritiesOf(pools);
  return featuresOf(pools[0]!, rarity!).map((each) => weigh(each, shipped!.lexical));
}

describe('ranking by words', () => {
  it('puts news that says the query first, reposts and chat behind, and what says nothing of it last', () => {
    const [news, repost, chat, , foreign, weather, nothing] = scores('toyota recall', texts);
    expect(news).toBeGreaterThan(Math.max(repost!, chat!));
    expect(chat).toBeGreaterThan(Math.max(foreign!, nothing!));
    expect(news).toBeGreaterThan(weather!);
  });

  it('finds what says other words that go with the query', () => {
    const [, , , fed, , weather] = scores('toyota recall', texts);
    expect(fed).toBeGreaterThan(weather!);
  });

  it('gives every text a finite score, whatever it says, and the same again', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...texts));
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 12 }), (query, all) => {
        const first = scores(query, all);
        expect(first.every(Number.isFinite)).toBe(true);
        expect(scores(query, all)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });
});

describe('ranking by meaning', () => {
  const near = Float32Array.of(1, 0);
  const far = Float32Array.of(0, 1);

  it('moves what means the query up, and keeps those not compared below', () => {
    const byWords = [3, 2.9, 0.5];
    const vectors = new Map([
      [0, far],
      [1, near],
    ]);
    const weights = { lexical: 0.1, query: 5 };
    const [a, b, c] = fusedScores(byWords, near, vectors, weights);
    expect(b).toBeGreaterThan(a!);
    expect(a).toBeGreaterThan(c!);
  });

  it('leaves scores as they are when nothing was compared', () => {
    expect(fusedScores([3, 1, 2], near, new Map(), { lexical: 1 })).toEqual([3, 1, 2]);
    expect(bestOf([3, 1, 2, 3], 3)).toEqual([0, 3, 2]);
    expect(cosine(near, new Float32Array())).toBe(0);
  });
});

describe('words', () => {
  it.each([
    ["Obama 's plan -LRB- new -RRB-", ['obama', 'plan', 'new']],
    ['don’t stop, ca n’t', ['dont', 'stop', 'ca', 'nt']],
    ['ＢＢＣ Zürich 東京', ['bbc', 'zürich', '東京']],
  ])('%s', (text, words) => expect(wordsIn(text)).toEqual(words));

  it('reads a hashtag as the words of the query joined', () => {
    const joined = new Map([['bbccuts', ['bbc', 'cut']]]);
    expect([...tokensOf('## bbccuts today', joined).counts.keys()]).toContain('cut');
  });

  it('expands by what the best texts say more often than others', () => {
    const best = [tokensOf('quake tsunami warning'), tokensOf('quake tsunami coast')];
    const rarity = { idf: () => 1, share: (stem: string) => (stem === 'coast' ? 0.5 : 0.001) };
    const added = expansion(
      best.map((text) => [text, 1] as const),
      rarity,
      3,
      new Set(['warning', 'warn']),
    );
    expect(added.map(([stem]) => stem).sort()).toEqual(['quak', 'tsunami']);
    expect(added.reduce((sum, [, weight]) => sum + weight, 0)).toBeCloseTo(1);
  });
});

it('ships a fit for each year that never saw it', () => {
  expect(fits.map(({ fittedOn }) => fittedOn.length)).toEqual([2, 1, 1]);
  const [both, first, second] = fits.map(({ seen }) => new Set(seen.split(' ')));
  expect(both!.size).toBe(first!.size + second!.size);
  expect([...first!].filter((key) => second!.has(key))).toEqual([]);
});
