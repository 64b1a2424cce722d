import { cosine } from '../../lib/match/ranking/semantic.ts';
import { bundledSimilarity, similarityOf } from '../../lib/match/similarity/similarity.ts';
import { bundledWordVectors } from '../../lib/models/word-vectors.ts';
import type { Kind } from './kind.ts';
import { readScored } from './sentences.ts';
import { spearman } from './spearman.ts';
import { vectorsOf } from './vectors.ts';

/** Fitted on stsb-en-train alone. */
export const kind: Kind = {
  what: 'how well the likeness of two sentences is told: Spearman with people',
  needs: ['pairs'],
  async evaluate({ pairs: path = '' }) {
    const { pairs, unread } = readScored(path);
    const vectors = await vectorsOf(pairs.flatMap(({ a, b }) => [a, b]));
    const [words, fitted] = [await bundledWordVectors(), await bundledSimilarity()];
    const sentence = (text: string) => ({ text, vector: vectors.get(text) ?? new Float32Array() });
    const told = pairs.map(({ a, b }) => similarityOf(sentence(a), sentence(b), words, fitted));
    const near = pairs.map(({ a, b }) => cosine(sentence(a).vector, sentence(b).vector));
    const judged = pairs.map(({ score }) => score);
    return {
      metrics: { spearman: spearman(told, judged) },
      lines: [
        `${pairs.length} pairs; ${unread} rows were none`,
        `the bundled model's cosine alone: ${spearman(near, judged).toFixed(4)}`,
      ],
    };
  },
};
