/** What a linear ranking is fitted on: features by row, whether it is relevant, and which query it belongs to. */
export interface Rows {
  names: readonly string[];
  values: readonly (readonly number[])[];
  relevant: readonly boolean[];
  query: readonly string[];
}

/**
 * Weights of a linear ranking: each relevant text against all others of its query that are not, as a softmax (ListNet
 * with a single relevant text; Cao et al. 2007), queries by the root of how many they have. Features are made equal in
 * spread, weights are held small by a ridge, steps are Adam's (Kingma & Ba 2015) over all rows. The same rows give the
 * same weights.
 */
export function fitListwise(
  { names, values, relevant, query }: Rows,
  steps = 200,
  ridge = 0.003,
): Record<string, number> {
  const count = values.length;
  const size = names.length;
  const mean = names.map((_, j) => values.reduce((sum, row) => sum + (row[j] ?? 0), 0) / count);
  const spread = names.map((_, j) => {
    const square = values.reduce((sum, row) => sum + ((row[j] ?? 0) - (mean[j] ?? 0)) ** 2, 0);
    return Math.sqrt(square / count) || 1;
  });
  const rows = new Float64Array(count * size);
  values.forEach((row, at) => {
    for (let j = 0; j < size; j++)
      rows[at * size + j] = ((row[j] ?? 0) - (mean[j] ?? 0)) / (spread[j] ?? 1);
  });
  const groups = groupsOf(query).filter((group) => group.some((at) => relevant[at] === true));
  const weights = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  for (let step = 1; step <= steps; step++) {
    const slope = slopeOf(groups, rows, relevant, weights);
    for (let j = 0; j < size; j++) {
      const g = (slope[j] ?? 0) + ridge * (weights[j] ?? 0);
      first[j] = 0.9 * (first[j] ?? 0) + 0.1 * g;
      second[j] = 0.999 * (second[j] ?? 0) + 0.001 * g * g;
      const speed = Math.sqrt((second[j] ?? 0) / (1 - 0.999 ** step)) + 1e-8;
      weights[j] = (weights[j] ?? 0) - (0.05 * (first[j] ?? 0)) / (1 - 0.9 ** step) / speed;
    }
  }
  return Object.fromEntries(
    names.map((name, j) => [name, Number(((weights[j] ?? 0) / (spread[j] ?? 1)).toPrecision(6))]),
  );
}

/** Slope of the loss at `weights`; `rows` are flat. */
function slopeOf(
  groups: readonly (readonly number[])[],
  rows: Float64Array,
  relevant: readonly boolean[],
  weights: Float64Array,
): Float64Array {
  const size = weights.length;
  const slope = new Float64Array(size);
  const score = (at: number) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (rows[at * size + j] ?? 0) * (weights[j] ?? 0);
    return sum;
  };
  for (const group of groups) {
    const scores = group.map(score);
    const highest = Math.max(...scores);
    const powers = scores.map((each) => Math.exp(each - highest));
    const yes = group.map((at) => relevant[at] === true);
    const others = powers.reduce((sum, power, k) => (yes[k] ? sum : sum + power), 0);
    const inverse = powers.reduce(
      (sum, power, k) => (yes[k] ? sum + 1 / (others + power) : sum),
      0,
    );
    const share = 1 / Math.sqrt(yes.filter(Boolean).length) / groups.length;
    for (const [k, at] of group.entries()) {
      const power = powers[k] ?? 0;
      const pull = share * (yes[k] ? power / (others + power) - 1 : power * inverse);
      for (let j = 0; j < size; j++) slope[j] = (slope[j] ?? 0) + pull * (rows[at * size + j] ?? 0);
    }
  }
  return slope;
}

function groupsOf(keys: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  keys.forEach((key, at) => {
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  });
  return [...groups.values()];
}
