import { featuresOf } from './features.ts';
import type { Three } from './labels.ts';
import type { Lexicon } from './lexicon.ts';

/** Scores of the linear machines, one a label; any size. */
export function linearScores(text: string, lexicon: Lexicon, linear: Float32Array): Three {
  const { at, value } = featuresOf(text, lexicon);
  let [negative, neutral, positive] = [0, 0, 0];
  for (let index = 0; index < at.length; index += 1) {
    const place = 3 * (at[index] ?? 0);
    const each = value[index] ?? 0;
    negative += each * (linear[place] ?? 0);
    neutral += each * (linear[place + 1] ?? 0);
    positive += each * (linear[place + 2] ?? 0);
  }
  return [negative, neutral, positive];
}

/** Scores of the head over an embedding, one a label. */
export function headScores(vector: Float32Array, head: Float32Array): Three {
  const size = vector.length + 1;
  const score = (label: number) => {
    let sum = head[label * size + vector.length] ?? 0;
    for (let at = 0; at < vector.length; at += 1)
      sum += (vector[at] ?? 0) * (head[label * size + at] ?? 0);
    return sum;
  };
  return [score(0), score(1), score(2)];
}
