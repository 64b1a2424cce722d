/** A regression tree: a feature to ask, where it parts, and what lies at or below and above; a number is an answer. */
export type Tree = number | readonly [feature: number, at: number, below: Tree, above: Tree];

/** Boosted trees (Friedman 2001): the answers of all, added to `base`. */
export interface Trees {
  base: number;
  trees: readonly Tree[];
}

/**
 * A tree from its numbers as they are kept: from the root, below before above, `feature, at` for a question and `-1, answer`
 * for an answer.
 */
export function readTree(numbers: readonly number[]): Tree {
  let at = 0;
  const next = (): Tree => {
    const [feature = -1, value = 0] = numbers.slice(at, at + 2);
    at += 2;
    return feature < 0 ? value : [feature, value, next(), next()];
  };
  return next();
}

/** The numbers `readTree` reads. */
export const numbersOf = (tree: Tree): number[] =>
  typeof tree === 'number'
    ? [-1, tree]
    : [tree[0], tree[1], ...numbersOf(tree[2]), ...numbersOf(tree[3])];

export function answer(tree: Tree, features: readonly number[]): number {
  let here = tree;
  while (typeof here !== 'number') {
    const [feature, at, below, above] = here;
    here = (features[feature] ?? 0) <= at ? below : above;
  }
  return here;
}

export const answerOf = ({ base, trees }: Trees, features: readonly number[]): number =>
  trees.reduce<number>((sum, tree) => sum + answer(tree, features), base);
