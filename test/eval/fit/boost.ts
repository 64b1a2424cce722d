import { answer, type Tree, type Trees } from '../../../lib/match/similarity/trees.ts';
import { binned, type Binned } from './bins.ts';
import { numbers } from './numbers.ts';

export interface BoostOptions {
  rounds: number;
  /** Share of each tree's answer that is added. */
  rate: number;
  leaves: number;
  /** Rows a leaf holds at least. */
  least: number;
  /** Added to the rows of a leaf: holds answers of small leaves small. */
  ridge: number;
  /** Shares of rows and features each tree sees. */
  rows: number;
  features: number;
  seed: number;
}

/**
 * Gradient boosting for squared error on drawn rows and features (Friedman 2001, 2002). The same input gives the same
 * trees.
 */
export function boost(
  values: readonly (readonly number[])[],
  targets: readonly number[],
  options: BoostOptions,
): Trees {
  const { rounds, rate, rows, features, seed } = options;
  const random = numbers(seed);
  const bins = binned(values);
  const base = rounded(targets.reduce((sum, target) => sum + target, 0) / targets.length);
  const left = targets.map((target) => target - base);
  const trees: Tree[] = [];
  for (let round = 0; round < rounds; round++) {
    const seen = [...left.keys()].filter(() => random() < rows);
    const asked = [...bins.edges.keys()].filter(() => random() < features);
    const tree = grow(bins, left, seen, asked, options, rate);
    trees.push(tree);
    values.forEach((row, at) => (left[at] = (left[at] ?? 0) - answer(tree, row)));
  }
  return { base, trees };
}

interface Split {
  gain: number;
  feature: number;
  bin: number;
}

interface Leaf {
  rows: readonly number[];
  split: Split | undefined;
  parted?: readonly [Leaf, Leaf];
}

/** Grows the leaf that gains most until there are enough. */
function grow(
  bins: Binned,
  left: readonly number[],
  seen: readonly number[],
  asked: readonly number[],
  options: BoostOptions,
  rate: number,
): Tree {
  const leaf = (rows: readonly number[]): Leaf => ({
    rows,
    split: bestSplit(bins, left, rows, asked, options),
  });
  const root = leaf(seen);
  let open = [root];
  for (let count = 1; count < options.leaves; count++) {
    const next = open.toSorted((a, b) => (b.split?.gain ?? 0) - (a.split?.gain ?? 0))[0];
    if (!next?.split) break;
    const { feature, bin } = next.split;
    const below = (row: number) => bins.at(row, feature) <= bin;
    const parts = [
      leaf(next.rows.filter(below)),
      leaf(next.rows.filter((row) => !below(row))),
    ] as const;
    next.parted = parts;
    open = [...open.filter((other) => other !== next), ...parts];
  }
  const ended = ({ rows, split, parted }: Leaf): Tree => {
    if (!parted || !split) {
      const sum = rows.reduce((all, row) => all + (left[row] ?? 0), 0);
      return rounded((rate * sum) / (rows.length + options.ridge));
    }
    const at = bins.edges[split.feature]?.[split.bin] ?? 0;
    return [split.feature, at, ended(parted[0]), ended(parted[1])];
  };
  return ended(root);
}

function bestSplit(
  bins: Binned,
  left: readonly number[],
  rows: readonly number[],
  asked: readonly number[],
  { least, ridge }: BoostOptions,
): Split | undefined {
  const total = rows.reduce((sum, row) => sum + (left[row] ?? 0), 0);
  const worth = (sum: number, count: number) => (sum * sum) / (count + ridge);
  let best: Split | undefined;
  for (const feature of asked) {
    const sums = new Float64Array(bins.most);
    const counts = new Int32Array(bins.most);
    for (const row of rows) {
      const bin = bins.at(row, feature);
      sums[bin] = (sums[bin] ?? 0) + (left[row] ?? 0);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    let sum = 0;
    let count = 0;
    for (let bin = 0; bin < (bins.edges[feature]?.length ?? 0); bin++) {
      sum += sums[bin] ?? 0;
      count += counts[bin] ?? 0;
      if (count < least || rows.length - count < least) continue;
      const gain =
        worth(sum, count) + worth(total - sum, rows.length - count) - worth(total, rows.length);
      if (gain > (best?.gain ?? 1e-9)) best = { gain, feature, bin };
    }
  }
  return best;
}

const rounded = (value: number) => Number(value.toPrecision(5));
