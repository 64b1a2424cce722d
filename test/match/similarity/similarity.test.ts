import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bundledSimilarity,
  type Judgement,
  similarities,
  similarityOf,
} from '../../../lib/match/similarity/similarity.ts';
import { numbersOf, readTree, type Tree } from '../../../lib/match/similarity/trees.ts';
import { bundledEmbedder } from '../../../lib/models/embeddings.ts';
import { bundledWordVectors, type WordVectors } from '../../../lib/models/word-vectors.ts';

let words: WordVectors;
let fitted: Judgement;
beforeAll(async () => {
  [words, fitted] = await Promise.all([bundledWordVectors(), bundledSimilarity()]);
});

describe('likeness of sentences', () => {
  it('is high for the same said otherwise, low for another thing, and in between', async () => {
    const [same, near, other] = await similarities(
      [
        ['A man is playing a guitar.', 'Someone plays the guitar.'],
        ['A man is playing a guitar.', 'A woman is playing the piano.'],
        ['A man is playing a guitar.', 'Stocks fell in Tokyo on Monday.'],
      ],
      await bundledEmbedder(),
      words,
      fitted,
    );
    expect(same).toBeGreaterThan(0.7);
    expect(near).toBeLessThan(same! - 0.2);
    expect(other).toBeLessThan(0.15);
    expect(near).toBeGreaterThan(other!);
  });

  it('is between 0 and 1 and the same whichever comes first, whatever is written', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', 'Not 3 dogs.', 'A dog', '???'),
    );
    const vector = fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 })
      .map((all) => Float32Array.from(all));
    const sentence = fc.record({ text, vector });
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        const there = similarityOf(a, b, words, fitted);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
        expect(similarityOf(b, a, words, fitted)).toBeCloseTo(there, 5);
      }),
      { numRuns: 60 },
    );
  });
});

describe('vectors of words', () => {
  const like = (a: string, b: string) =>
    words.of(a)!.reduce((sum, value, at) => sum + value * words.of(b)![at]!, 0);

  it('are near for words of one meaning, and made of pieces for words not known', () => {
    expect(like('guitar', 'piano')).toBeGreaterThan(like('guitar', 'tax') + 0.1);
    expect(like('Café'.toLowerCase(), 'cafe')).toBeCloseTo(1);
    expect(words.of('blockchainification')).toBeDefined();
    expect(words.of('')).toBeUndefined();
    expect(words.rank('the')).toBeLessThan(words.rank('guitar'));
  });
});

it('keeps trees as numbers', () => {
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      fc.tuple(fc.nat(20), fc.integer(), tie('tree'), tie('tree')),
    ),
  }));
  fc.assert(
    fc.property(tree, (each) => {
      expect(readTree(numbersOf(each))).toEqual(each);
    }),
  );
});
