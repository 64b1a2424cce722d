import type { Features } from '../features.ts';
import { buckets } from '../hash.ts';
import { chance, shuffle } from './chance.ts';

export interface Example {
  features: Features;
  /** 0 negative, 1 neutral, 2 positive. */
  label: 0 | 1 | 2;
}

export interface Settings {
  /** What a wrong answer costs against simplicity. */
  cost: number;
  /** Passes over all examples. */
  passes: number;
  /** How much of every feature's weight does not depend on how telling it is by itself, 0..1. */
  floor: number;
}

/** No feature is taken for more telling than this. */
const mostTelling = 3;

/**
 * One linear machine a label against the other two, each a dense array of weights. Features are first scaled by how much
 * more often they come with the label (NB-SVM: Wang & Manning 2012), partly; labels count alike however many examples
 * they have. Deterministic.
 */
export function train(examples: readonly Example[], settings: Settings): readonly Float64Array[] {
  return [0, 1, 2].map((label) => {
    const scale = telling(examples, label, settings.floor);
    const scaled = examples.map(({ features: { at, value } }) => ({
      at,
      value: value.map((each, index) => each * (scale[at[index] ?? 0] ?? 0)),
    }));
    const sides = Int8Array.from(examples, (each) => (each.label === label ? 1 : -1));
    const weights = descend(scaled, sides, settings);
    return weights.map((weight, bucket) => weight * (scale[bucket] ?? 0));
  });
}

/** Size of the log count ratio of each feature, one added to each count. */
function telling(examples: readonly Example[], label: number, floor: number): Float64Array {
  const own = new Float64Array(buckets).fill(1);
  const other = new Float64Array(buckets).fill(1);
  for (const { features, label: actual } of examples) {
    const counts = actual === label ? own : other;
    for (const bucket of features.at) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const sum = (counts: Float64Array) => counts.reduce((total, each) => total + each, 0);
  const shift = Math.log(sum(own) / sum(other));
  return own.map((count, bucket) => {
    const ratio = Math.abs(Math.log(count / (other[bucket] ?? 1)) - shift);
    return floor + (1 - floor) * Math.min(mostTelling, ratio);
  });
}

/** Support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008, algorithm 1). */
function descend(rows: readonly Features[], sides: Int8Array, settings: Settings): Float64Array {
  const weights = new Float64Array(buckets);
  const dual = new Float64Array(rows.length);
  const own = sides.reduce((count, side) => count + Number(side === 1), 0);
  const slack = [own, rows.length - own].map((count) => count / (settings.cost * rows.length));
  const slackOf = (row: number) => slack[sides[row] === 1 ? 0 : 1] ?? 1;
  const curve = rows.map(
    ({ value }, row) => value.reduce((sum, each) => sum + each * each, 0) + slackOf(row),
  );
  const order = Uint32Array.from(rows.keys());
  const next = chance(7);
  for (let pass = 0; pass < settings.passes; pass += 1) {
    shuffle(order, next);
    for (const row of order) {
      const features = rows[row];
      if (features === undefined) continue;
      const side = sides[row] ?? 1;
      const before = dual[row] ?? 0;
      const slope = side * dot(weights, features) - 1 + before * slackOf(row);
      const after = Math.max(0, before - slope / (curve[row] ?? 1));
      if (after === before) continue;
      dual[row] = after;
      addTo(weights, features, (after - before) * side);
    }
  }
  return weights;
}

/** Written with an index: this and the next run some billion times. */
export function dot(weights: Float64Array, { at, value }: Features): number {
  let sum = 0;
  for (let index = 0; index < at.length; index += 1)
    sum += (weights[at[index] ?? 0] ?? 0) * (value[index] ?? 0);
  return sum;
}

function addTo(weights: Float64Array, { at, value }: Features, step: number): void {
  for (let index = 0; index < at.length; index += 1) {
    const bucket = at[index] ?? 0;
    weights[bucket] = (weights[bucket] ?? 0) + step * (value[index] ?? 0);
  }
}
