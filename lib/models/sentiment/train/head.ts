import { softmax, type Three } from '../labels.ts';
import { headScores } from '../model.ts';
import { chance, shuffle } from './chance.ts';

export interface Embedded {
  vector: Float32Array;
  label: 0 | 1 | 2;
}

const passes = 25;
const rate = 0.25;
/** Pulls every weight to zero a little with every example. */
const ridge = 4e-5;

/**
 * A head over embeddings: multinomial logistic regression by AdaGrad (Duchi, Hazan & Singer 2011), labels counting alike
 * however many examples they have; the mean of the weights of the later half of the passes (Polyak & Juditsky 1992).
 * For each label the weights of its dimensions and a bias. Deterministic.
 */
export function trainHead(examples: readonly Embedded[]): Float32Array {
  const size = (examples[0]?.vector.length ?? 0) + 1;
  const counts: [number, number, number] = [0, 0, 0];
  for (const { label } of examples) counts[label] += 1;
  const weights = new Float32Array(3 * size);
  const past = new Float64Array(3 * size).fill(1e-6);
  const sum = new Float64Array(3 * size);
  const order = Uint32Array.from(examples.keys());
  const next = chance(11);
  for (let pass = 0; pass < passes; pass += 1) {
    shuffle(order, next);
    for (const row of order) {
      const example = examples[row];
      if (example === undefined) continue;
      const matters = examples.length / 3 / counts[example.label];
      descend(weights, past, example, matters);
    }
    if (pass >= passes / 2) weights.forEach((weight, at) => (sum[at] = (sum[at] ?? 0) + weight));
  }
  return Float32Array.from(sum, (each) => each / Math.floor(passes / 2));
}

function descend(
  weights: Float32Array,
  past: Float64Array,
  { vector, label }: Embedded,
  matters: number,
): void {
  const size = vector.length + 1;
  const found: Three = softmax(headScores(vector, weights));
  for (let each = 0; each < 3; each += 1) {
    const miss = ((found[each] ?? 0) - Number(each === label)) * matters;
    for (let at = 0; at < size; at += 1) {
      const place = each * size + at;
      const slope =
        miss * (at < vector.length ? (vector[at] ?? 0) : 1) + ridge * (weights[place] ?? 0);
      const gone = (past[place] ?? 0) + slope * slope;
      past[place] = gone;
      weights[place] = (weights[place] ?? 0) - (rate * slope) / Math.sqrt(gone);
    }
  }
}
