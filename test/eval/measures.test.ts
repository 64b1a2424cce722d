import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { calibrationError, fitLogistic, solve } from './fit/logistic.ts';
import { fitListwise } from './fit/listwise.ts';
import { seenKeys, unseenFit } from './fit/seen.ts';
import { readPairs, readRun } from './pairs.ts';
import { rankingFigures } from './precision.ts';
import { readScored } from './sentences.ts';
import { spearman } from './spearman.ts';

const folder = mkdtempSync(join(tmpdir(), 'measures-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('figures of a ranking', () => {
  it('are those worked out by hand, ties in the order of the file', () => {
    const relevant = [false, true, true, false];
    // Ranks: 2, then 1 and 3 tied, then 4: relevant at 1 and 3.
    const one = rankingFigures([{ relevant, scores: [0.5, 0.9, 0.5, 0.1] }]);
    expect(one.map).toBeCloseTo((1 + 2 / 3) / 2);
    expect(one.p30).toBeCloseTo(2 / 30);
    const none = { relevant: [false, false], scores: [1, 2] };
    expect(rankingFigures([{ relevant, scores: [4, 3, 2, 1] }, none])).toMatchObject({
      map: (1 / 2 + 2 / 3) / 2,
      queries: 1,
    });
  });

  it('count the first thirty only', () => {
    const relevant = Array.from({ length: 40 }, (_, at) => at >= 25);
    const scores = relevant.map((_, at) => -at);
    expect(rankingFigures([{ relevant, scores }]).p30).toBeCloseTo(5 / 30);
  });
});

it('Spearman gives ties their mean rank', () => {
  expect(spearman([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1);
  expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1);
  expect(spearman([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(0.9487, 4);
  expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0);
});

describe('files', () => {
  it('of pairs are read plain or gzip, and what is no pair is counted', () => {
    const text = '1\t10\t1\t2.5\tq one\ttweet a\n1\t11\t0\t2.4\tq one\ttweet b\nbroken\n';
    for (const path of [file('p.tsv', text), file('p.tsv.gz', gzipSync(text))]) {
      const { queries, unread } = readPairs(path);
      expect(unread).toBe(1);
      expect(queries).toEqual([
        {
          id: '1',
          query: 'q one',
          ids: ['10', '11'],
          texts: ['tweet a', 'tweet b'],
          relevant: [true, false],
        },
      ]);
    }
  });

  it('of runs are read by their score', () => {
    expect(readRun(file('run', '1 Q0 10 99 0.25 x\n')).get('1 10')).toBe(0.25);
  });

  it('of sentences keep commas and quotes', () => {
    const text = 'A dog.,"A dog, ""running"".",3.5\r\n"B",C,0\nno score\n';
    expect(readScored(file('s.csv', text))).toEqual({
      pairs: [
        { a: 'A dog.', b: 'A dog, "running".', score: 3.5 },
        { a: 'B', b: 'C', score: 0 },
      ],
      unread: 1,
    });
  });
});

describe('fitting', () => {
  it('never measures by a fit that saw the query', () => {
    const fits = [
      { name: 'both', seen: seenKeys(['a', 'b', 'c']) },
      { name: 'first', seen: seenKeys(['a', 'b']) },
      { name: 'second', seen: seenKeys(['c']) },
    ];
    expect(unseenFit(fits, ' A ')?.name).toBe('second');
    expect(unseenFit(fits, 'c')?.name).toBe('first');
    expect(unseenFit(fits, 'new')?.name).toBe('both');
  });

  it('learns which feature ranks', () => {
    const values = Array.from({ length: 60 }, (_, at) => [at % 3, (at * 7) % 5]);
    const weights = fitListwise({
      names: ['tells', 'noise'],
      values,
      relevant: values.map(([tells]) => tells === 2),
      query: values.map((_, at) => String(Math.floor(at / 10))),
    });
    expect(weights.tells).toBeGreaterThan(Math.abs(weights.noise ?? 0) * 3);
  });

  it('learns chances that are right on average', () => {
    const rows = Array.from({ length: 200 }, (_, at) => ({
      values: [at % 2],
      happened: at % 2 === 0 ? at % 10 === 0 : at % 10 !== 1,
      weight: 1,
    }));
    const [base = 0, weight = 0] = fitLogistic(rows, 1e-6);
    expect(1 / (1 + Math.exp(-base))).toBeCloseTo(0.2, 2);
    expect(1 / (1 + Math.exp(-base - weight))).toBeCloseTo(0.8, 2);
    expect(calibrationError([{ chance: 0.3, happened: true }])).toBeCloseTo(0.7);
    expect(
      solve(
        [
          [2, 1],
          [1, 3],
        ],
        [3, 5],
      ),
    ).toEqual([0.8, 1.4]);
  });
});
