/** A row of features, what it turned out to be, and how much it counts. */
export interface Outcome {
  values: readonly number[];
  happened: boolean;
  weight: number;
}

/**
 * Base and weights of a logistic regression with a ridge of 1, by Newton's method (iteratively reweighted least
 * squares).
 */
export function fitLogistic(rows: readonly Outcome[], ridge = 1): number[] {
  const size = 1 + (rows[0]?.values.length ?? 0);
  const weights = new Array<number>(size).fill(0);
  for (let step = 0; step < 40; step++) {
    const slope = weights.map((weight, j) => (j === 0 ? 0 : ridge * weight));
    const curve = weights.map((_, j) => weights.map((_w, k) => (j === k ? (j ? ridge : 1e-9) : 0)));
    for (const { values, happened, weight } of rows) {
      const x = [1, ...values];
      const p = chanceOf(weights, values);
      x.forEach((value, j) => {
        slope[j] = (slope[j] ?? 0) + weight * (p - Number(happened)) * value;
        const line = curve[j] ?? [];
        x.forEach((other, k) => {
          line[k] = (line[k] ?? 0) + weight * p * (1 - p) * value * other;
        });
      });
    }
    solve(curve, slope).forEach((move, j) => (weights[j] = (weights[j] ?? 0) - move));
  }
  return weights.map((weight) => Number(weight.toFixed(4)));
}

export function chanceOf(weights: readonly number[], values: readonly number[]): number {
  const odds = values.reduce((sum, x, j) => sum + x * (weights[j + 1] ?? 0), weights[0] ?? 0);
  return 1 / (1 + Math.exp(-odds));
}

/** Solves a system with a positive definite matrix by elimination. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, j) => Float64Array.from([...row, right[j] ?? 0]));
  const n = rows.length;
  rows.forEach((pivot, j) => {
    for (const row of rows.slice(j + 1)) {
      const factor = (row[j] ?? 0) / (pivot[j] ?? 1);
      if (factor !== 0)
        for (let k = j; k <= n; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  });
  const found = new Array<number>(n).fill(0);
  for (let j = n - 1; j >= 0; j--) {
    let sum = rows[j]?.[n] ?? 0;
    for (let k = j + 1; k < n; k++) sum -= (rows[j]?.[k] ?? 0) * (found[k] ?? 0);
    found[j] = sum / (rows[j]?.[j] ?? 1);
  }
  return found;
}

/**
 * Expected calibration error: ten groups of equally many by chance, how far each's mean is from what happened (Naeini
 * et al. 2015).
 */
export function calibrationError(told: readonly { chance: number; happened: boolean }[]): number {
  const sorted = told.toSorted((a, b) => a.chance - b.chance);
  let error = 0;
  for (let group = 0; group < 10; group++) {
    const from = Math.floor((group * sorted.length) / 10);
    const some = sorted.slice(from, Math.floor(((group + 1) * sorted.length) / 10));
    const sum = some.reduce((all, { chance, happened }) => all + chance - Number(happened), 0);
    error += Math.abs(sum) / sorted.length;
  }
  return error;
}
