import { cosine } from '../../../lib/match/ranking/semantic.ts';
import type { Sentence } from '../../../lib/match/similarity/pair.ts';
import { featuresOf, type Judgement } from '../../../lib/match/similarity/similarity.ts';
import { bundledWordVectors } from '../../../lib/models/word-vectors.ts';
import type { ScoredPair } from '../sentences.ts';
import { vectorsOf } from '../vectors.ts';
import { boost } from './boost.ts';
import { solve } from './logistic.ts';

/** Chosen by cross-validation on the training pairs, never on those that are measured. */
const options = {
  rounds: 300,
  rate: 0.03,
  leaves: 8,
  least: 20,
  ridge: 5,
  rows: 0.6,
  features: 0.5,
  seed: 1,
};
const ridge = 0.15;
const folds = 5;

interface Row {
  a: Sentence;
  b: Sentence;
  target: number;
}

/**
 * Fits what tells the likeness of two sentences, 0 to 1; `most` is the greatest score people gave. The trees see the
 * weighed product as it will be for a pair it does not know: each fifth by weights of the other four.
 */
export async function fitSimilarity(pairs: readonly ScoredPair[], most = 5): Promise<Judgement> {
  const words = await bundledWordVectors();
  const vectors = await vectorsOf(pairs.flatMap(({ a, b }) => [a, b]));
  const sentence = (text: string) => ({ text, vector: vectors.get(text) ?? new Float32Array() });
  const rows = pairs.map(({ a, b, score }) => ({
    a: sentence(a),
    b: sentence(b),
    target: score / most,
  }));
  const parts = Array.from({ length: folds }, (_, fold) =>
    fitProduct(rows.filter((_row, at) => at % folds !== fold)),
  );
  const features = rows.map(({ a, b }, at) =>
    featuresOf(a, b, words, parts[at % folds] ?? fitProduct(rows)),
  );
  const targets = rows.map(({ target }) => target);
  return { trees: boost(features, targets, options), product: fitProduct(rows) };
}

/** Ridge regression on the products of the vectors, drawn towards the plain cosine rather than towards nothing. */
function fitProduct(rows: readonly Row[]): Judgement['product'] {
  const size = rows[0]?.a.vector.length ?? 0;
  const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / values.length;
  const near = rows.map(({ a, b }) => cosine(a.vector, b.vector));
  const [middle, target] = [mean(near), mean(rows.map((row) => row.target))];
  const along = near.reduce((s, c, at) => s + (c - middle) * ((rows[at]?.target ?? 0) - target), 0);
  const slope = along / near.reduce((s, c) => s + (c - middle) ** 2, 0);
  const products = rows.map(({ a, b }) => a.vector.map((v, at) => v * (b.vector[at] ?? 0)));
  const means = Float64Array.from({ length: size }, (_, j) => mean(products.map((p) => p[j] ?? 0)));
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  products.forEach((product, at) => {
    const left = (rows[at]?.target ?? 0) - target - slope * ((near[at] ?? 0) - middle);
    const centred = product.map((value, j) => value - (means[j] ?? 0));
    for (let j = 0; j < size; j++) {
      const [line, value] = [matrix[j] ?? [], centred[j] ?? 0];
      right[j] = (right[j] ?? 0) + value * left;
      for (let k = 0; k < size; k++) line[k] = (line[k] ?? 0) + value * (centred[k] ?? 0);
    }
  });
  matrix.forEach((line, j) => (line[j] = (line[j] ?? 0) + ridge));
  const weights = solve(matrix, right).map((weight) => Number((weight + slope).toPrecision(5)));
  const base = target - weights.reduce((sum, weight, j) => sum + weight * (means[j] ?? 0), 0);
  return { base: Number(base.toPrecision(5)), weights };
}
