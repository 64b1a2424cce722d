import { expect, it } from 'vitest';
import { rankTexts } from '../../../lib/match/ranking/rank.ts';
import { bundledEmbedder } from '../../../lib/models/embeddings.ts';

const texts = [
  'Nice weather for a walk.',
  'Toyota recalls 1.7 million cars over fuel leaks.',
  'The carmaker calls back vehicles whose petrol tank may leak.',
  'I recall a day in May.',
];
const places = async (...args: Parameters<typeof rankTexts>) =>
  (await rankTexts(...args)).map(({ index }) => index);

it('leaves out what has no word in common, and with meaning takes in what has that', async () => {
  expect(await places('toyota recall', texts)).toEqual([1, 3]);
  expect((await places('toyota recall', texts, await bundledEmbedder())).toSorted()).toEqual([
    1, 2, 3,
  ]);
});

it('orders many texts by meaning too, and the same again with vectors of the cache', async () => {
  const many = [...Array.from({ length: 12 }, (_, n) => `Recall the poem number ${n}.`), ...texts];
  const cache = new Map<string, Float32Array>();
  const embedder = await bundledEmbedder();
  const first = await rankTexts('toyota recall', many, embedder, cache);
  expect(first[0]?.index).toBe(13);
  expect(cache.size).toBe(many.length + 1);
  expect(await rankTexts('toyota recall', many, embedder, cache)).toEqual(first);
});

it('has nothing to say on nothing', async () => {
  expect(await rankTexts('toyota', [])).toEqual([]);
  expect(await rankTexts('', texts)).toEqual([]);
  expect(await rankTexts('the of', texts)).toEqual([]);
  expect(await places('the toyota', texts)).toEqual([1]);
});
