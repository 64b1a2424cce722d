import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNear } from '../../../lib/ingest/near/near.ts';
import { type Pairs, resemblance, setPairs } from '../../../lib/ingest/near/pairs.ts';
import { createReader, mostWords } from '../../../lib/ingest/near/words.ts';

const read = createReader();
const pairsOf = (text: string): Pairs => {
  const { words, count } = read(text);
  const pairs = { sorted: new Int32Array(mostWords), size: 0 };
  setPairs(pairs, words, 0, count);
  return pairs;
};
const alike = (a: string, b: string) => resemblance(pairsOf(a), pairsOf(b));

const word = fc.constantFrom(
  ...'storm flood coast rain wind river bridge night police dead'.split(' '),
);
const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));

/** The same by the definition: sets of pairs of words written out. */
function written(a: string, b: string): number {
  const pairs = (said: string) => {
    const words = said.split(' ').slice(0, mostWords);
    return new Set(words.slice(1).map((each, index) => `${words[index] ?? ''} ${each}`));
  };
  const [one, two] = [pairs(a), pairs(b)];
  const both = [...one].filter((pair) => two.has(pair)).length;
  return both < 5 ? 0 : both / (one.size + two.size - both);
}

describe('resemblance', () => {
  it('is the share of the pairs of words that both have', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(alike(a, b)).toBeCloseTo(written(a, b));
      }),
    );
  });

  it('is the same either way round, and 1 with itself', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(alike(a, b)).toBe(alike(b, a));
        if (pairsOf(a).size >= 5) expect(alike(a, a)).toBe(1);
      }),
    );
  });

  it('knows no difference between cases, signs, links and names', () => {
    const said = 'The river is above the bridge and the police ask all to leave';
    expect(alike(said, `RT @x: ${said.toUpperCase()}!! @a @b https://t.co/1 http ...`)).toBe(1);
    expect(
      alike('東京で大きな地震がありました', '【速報】東京で大きな地震がありました！'),
    ).toBeGreaterThan(0.8);
  });
});

describe('near copies', () => {
  const said = (n: number) =>
    `report ${'abcdefghij'
      .split('')
      .map((c) => c + String(n))
      .join(' ')} ends`;
  const plain = (n: number) =>
    said(n).replace(/\d+/g, (d) => Array.from(d, (c) => 'klmnopqrst'[+c]).join(''));

  it('are found among the last posts and forgotten after, in the same memory', () => {
    const capacity = 128;
    const near = createNear(capacity);
    let found = 0;
    for (let n = 0; n < 2000; n++) {
      expect(near.add(read(plain(n)))).toBe(false);
      if (n >= 30) found += Number(near.add(read(`${plain(n - 20)} again`)));
    }
    expect(found).toBeGreaterThan(0.95 * 1970);
    // What is out of the window by far is new again.
    expect(near.add(read(plain(5)))).toBe(false);
  });

  it('are the later of two, whichever that is', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pair = (first: string, second: string) => {
          const near = createNear(128);
          return [near.add(read(first)), near.add(read(second))];
        };
        expect(pair(a, b)).toEqual(pair(b, a));
        if (pair(a, b)[1] === true) expect(alike(a, b)).toBeGreaterThanOrEqual(0.6);
      }),
    );
  });

  it('are no texts that only repeat themselves', () => {
    const near = createNear(128);
    const song = 'rain rain go away and come again another day '.repeat(10);
    expect(near.add(read(song))).toBe(false);
    expect(near.add(read(song))).toBe(true);
  });
});
