import { softmax, type Three } from './labels.ts';

/** Scores to probabilities: `softmax(matrix * scores + bias)`; one row a label. */
export interface Calibration {
  matrix: readonly (readonly number[])[];
  bias: Three;
}

export function apply({ matrix, bias }: Calibration, scores: readonly number[]): Three {
  const row = (label: 0 | 1 | 2) => {
    const weights = matrix[label] ?? [];
    return weights.reduce((sum, weight, at) => sum + weight * (scores[at] ?? 0), bias[label]);
  };
  return softmax([row(0), row(1), row(2)]);
}
