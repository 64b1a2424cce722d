import { apply, type Calibration } from '../calibration.ts';

const steps = 400;
/** Keeps weights small where the scores say the same twice. */
const ridge = 1e-4;

/**
 * Fits a calibration (multinomial logistic regression; for one score a label it is Platt scaling, 1999, of all three at
 * once) by gradient descent with momentum (Nesterov 1983). The scores must come from machines that did not see the texts.
 */
export function calibrate(
  scores: readonly (readonly number[])[],
  labels: readonly number[],
): Calibration {
  const width = scores[0]?.length ?? 0;
  const size = width + 1;
  const at = new Float64Array(3 * size);
  const speed = new Float64Array(3 * size);
  const largest = scores.reduce(
    (most, row) =>
      Math.max(
        most,
        row.reduce((sum, each) => sum + each * each, 1),
      ),
    1,
  );
  const rate = 4 / Math.min(largest, 40);
  for (let step = 0; step < steps; step += 1) {
    const ahead = at.map((weight, index) => weight + 0.9 * (speed[index] ?? 0));
    const slope = gradient(toCalibration(ahead, size), scores, labels);
    for (let index = 0; index < at.length; index += 1) {
      const down = (slope[index] ?? 0) + ridge * (ahead[index] ?? 0);
      speed[index] = 0.9 * (speed[index] ?? 0) - rate * 0.1 * down;
      at[index] = (at[index] ?? 0) + (speed[index] ?? 0);
    }
  }
  return toCalibration(at, size);
}

function gradient(
  calibration: Calibration,
  scores: readonly (readonly number[])[],
  labels: readonly number[],
): Float64Array {
  const size = calibration.matrix[0]?.length ?? 0;
  const slope = new Float64Array(3 * (size + 1));
  scores.forEach((row, index) => {
    apply(calibration, row).forEach((probability, label) => {
      const miss = (probability - Number(labels[index] === label)) / scores.length;
      const from = label * (size + 1);
      row.forEach((score, place) => {
        slope[from + place] = (slope[from + place] ?? 0) + miss * score;
      });
      slope[from + size] = (slope[from + size] ?? 0) + miss;
    });
  });
  return slope;
}

function toCalibration(flat: Float64Array, size: number): Calibration {
  const row = (label: number) => [...flat.slice(label * size, (label + 1) * size - 1)];
  const bias = (label: number) => flat[(label + 1) * size - 1] ?? 0;
  return { matrix: [row(0), row(1), row(2)], bias: [bias(0), bias(1), bias(2)] };
}
