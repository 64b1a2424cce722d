import { apply } from '../calibration.ts';
import { featuresOf } from '../features.ts';
import { buckets } from '../hash.ts';
import type { Three } from '../labels.ts';
import type { Lexicon } from '../lexicon.ts';
import { headScores } from '../model.ts';
import type { About, Weights } from '../weights.ts';
import { calibrate } from './calibrate.ts';
import { trainHead } from './head.ts';
import type { Labelled } from './labelled.ts';
import { dot, type Example, train } from './machine.ts';

/** Chosen by leaving out whole years in turn; see docs of `train`. */
const settings = { cost: 0.1, passes: 8, floor: 0.3 };
/** Every text's scores come from machines that did not see it; so many machines are trained for that. */
const folds = 5;

interface Seen extends Example {
  vector: Float32Array;
}

/**
 * Learns everything from labelled texts and their embeddings, in the same order: first scores for each text by what the
 * other folds taught, to calibrate on; then the machines and the head that are kept, from all. `tell` hears of progress.
 */
export function learn(
  texts: readonly Labelled[],
  vectors: readonly Float32Array[],
  lexicon: Lexicon,
  about: About,
  tell: (what: string) => void,
): Weights {
  const examples = texts.map(({ text, label }, index) => ({
    features: featuresOf(text, lexicon),
    label,
    vector: vectors[index] ?? new Float32Array(),
  }));
  const scores: (readonly number[])[] = new Array<readonly number[]>(examples.length);
  for (let fold = 0; fold < folds; fold += 1) {
    tell(`fold ${String(fold + 1)} of ${String(folds)}`);
    const score = machineOf(examples.filter((_, index) => index % folds !== fold));
    examples.forEach((example, index) => {
      if (index % folds === fold) scores[index] = score(example);
    });
  }
  tell('calibration');
  const labels = examples.map(({ label }) => label);
  const words = calibrate(
    scores.map((row) => row.slice(0, 3)),
    labels,
  );
  const both = calibrate(scores, labels);
  tell(
    `expected log loss ${loss(words, scores, labels)} by words, ${loss(both, scores, labels)} by both`,
  );
  const share = (label: number) => labels.filter((each) => each === label).length / labels.length;
  return {
    linear: interleaved(train(examples, settings)),
    head: trainHead(examples),
    calibrations: { words, both },
    shares: [share(0), share(1), share(2)],
    about,
  };
}

function machineOf(examples: readonly Seen[]): (example: Seen) => readonly number[] {
  const machines = train(examples, settings);
  const head = trainHead(examples);
  return ({ features, vector }) => [
    ...machines.map((machine) => dot(machine, features)),
    ...headScores(vector, head),
  ];
}

function interleaved(machines: readonly Float64Array[]): Float32Array {
  return Float32Array.from(
    { length: 3 * buckets },
    (_, at) => machines[at % 3]?.[Math.floor(at / 3)] ?? 0,
  );
}

function loss(
  calibration: Weights['calibrations']['both'],
  scores: readonly (readonly number[])[],
  labels: readonly (0 | 1 | 2)[],
): string {
  const sum = scores.reduce((total, row, index) => {
    const found: Three = apply(calibration, row);
    return total - Math.log(found[labels[index] ?? 0]);
  }, 0);
  return (sum / scores.length).toFixed(4);
}
