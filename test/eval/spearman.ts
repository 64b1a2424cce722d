/** Rank correlation of two lists (Spearman 1904), ties by their mean rank: -1 to 1. 0 when one does not vary. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length + 1) / 2;
  const product = (m: readonly number[], n: readonly number[]) =>
    m.reduce((sum, value, at) => sum + (value - mean) * ((n[at] ?? 0) - mean), 0);
  const spread = Math.sqrt(product(x, x) * product(y, y));
  return spread === 0 ? 0 : product(x, y) / spread;
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const ranked = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let at = from; at <= to; at++) ranked[order[at]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranked;
}
