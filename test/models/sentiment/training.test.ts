import fc from 'fast-check';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../lib/models/sentiment/calibration.ts';
import { lexiconOf } from '../../../lib/models/sentiment/lexicon.ts';
import { calibrate } from '../../../lib/models/sentiment/train/calibrate.ts';
import { chance } from '../../../lib/models/sentiment/train/chance.ts';
import * as prints from '../../../lib/models/sentiment/train/fingerprint.ts';
import { type Labelled, readLabelled } from '../../../lib/models/sentiment/train/labelled.ts';
import { learn } from '../../../lib/models/sentiment/train/learn.ts';
import { pack } from '../../../lib/models/sentiment/weights.ts';

const three = [0, 1, 2] as const;

describe('calibrate', () => {
  it('finds the probabilities that made the labels, and their shares', () => {
    const next = chance(1);
    const truth = { matrix: [[-2], [0], [2]], bias: [-1, 0.5, 0] as const };
    const scores = Array.from({ length: 4000 }, () => [4 * next() - 2]);
    const labels = scores.map((row) => {
      const [negative, neutral] = apply(truth, row);
      const drawn = next();
      return drawn < negative ? 0 : drawn < negative + neutral ? 1 : 2;
    });
    const found = calibrate(scores, labels);
    for (const score of [-1.5, 0, 1.5]) {
      const [is, was] = [apply(found, [score]), apply(truth, [score])];
      for (const label of three) expect(Math.abs(is[label] - was[label])).toBeLessThan(0.04);
    }
    for (const label of three) {
      const expected =
        scores.reduce((sum, row) => sum + apply(found, row)[label], 0) / scores.length;
      const share = labels.filter((each) => each === label).length / labels.length;
      expect(expected).toBeCloseTo(share, 2);
    }
  });
});

describe('learn', () => {
  const words = [
    ['awful', 'sad', 'angry'],
    ['meeting', 'tuesday', 'report'],
    ['lovely', 'happy', 'glad'],
  ];
  const next = chance(5);
  const texts = Array.from({ length: 240 }, (_, at): Labelled => {
    const label = three[at % 3] ?? 0;
    const own = words[label]?.[Math.floor(next() * 3)] ?? '';
    return { label, split: 'a', text: `the ${own} thing ${String(at)} is here` };
  });
  const vectors = texts.map(({ label }) =>
    Float32Array.from(three, (each) => Number(each === label)),
  );
  const about = { splits: ['a'], texts: texts.length, embedder: 'test' };
  const run = () => learn(texts, vectors, lexiconOf(), about, () => undefined);

  it('learns, and the same from the same to the last byte', () => {
    const weights = run();
    expect(weights.shares.map((share) => share.toFixed(3))).toEqual(['0.333', '0.333', '0.333']);
    expect(pack(run()).equals(pack(weights))).toBe(true);
    const [negative] = apply(weights.calibrations.both, [1, -1, -1, 2, -1, -1]);
    expect(negative).toBeGreaterThan(0.8);
  });
});

describe('fingerprints', () => {
  it('are alike for copies that name and link to others, and only for these', () => {
    const print = prints.fingerprint('@ann Good morning, "world" &amp; all! http://a.b');
    expect(prints.fingerprint('@user good morning world & all http')).toBe(print);
    expect(prints.fingerprint('@user good morning word & all')).not.toBe(print);
  });

  it('come back from a file, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const all = texts.map(prints.fingerprint);
        expect(prints.unpack(prints.pack(all))).toEqual(new Set(all.toSorted()));
      }),
    );
  });
});

describe('readLabelled', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'labelled-')), 'a.tsv');

  it('reads words and numbers, with and without a split, and names lines that hold neither', () => {
    const lines = [
      '1\ta\tnegative\tPlus\\u002c bad',
      '2\tpositive\ta\tb',
      '3\tb\t1\tso',
      'rubbish',
      '',
      '4\ta\tgood\tx',
    ];
    writeFileSync(file, gzipSync(lines.join('\n')));
    const { texts, problems } = readLabelled(file);
    expect(texts).toEqual([
      { text: 'Plus, bad', label: 0, split: 'a' },
      { text: 'a\tb', label: 2, split: '' },
      { text: 'so', label: 1, split: 'b' },
    ]);
    expect(problems.map(({ line }) => line)).toEqual([4, 6]);
  });

  it('says which file cannot be read', () => {
    expect(() => readLabelled(`${file}.none`)).toThrow(/a\.tsv\.none cannot be read/);
  });
});
