/** Features by the bin they fall in, so that a split is found by counting. */
export interface Binned {
  /** Upper ends of the bins of each feature but its last. */
  edges: readonly (readonly number[])[];
  most: number;
  at(row: number, feature: number): number;
}

/** Bins of about equally many rows. */
export function binned(values: readonly (readonly number[])[], most = 48): Binned {
  const size = values[0]?.length ?? 0;
  const edges = Array.from({ length: size }, (_, feature) => {
    const sorted = Float64Array.from(values, (row) => row[feature] ?? 0).sort();
    const ends = Array.from({ length: most - 1 }, (_end, bin) =>
      Number((sorted[Math.floor(((bin + 1) * sorted.length) / most)] ?? 0).toPrecision(5)),
    );
    return [...new Set(ends)];
  });
  const bins = new Uint8Array(values.length * size);
  values.forEach((row, at) => {
    row.forEach((value, feature) => {
      const ends = edges[feature] ?? [];
      const bin = ends.findIndex((end) => value <= end);
      bins[at * size + feature] = bin < 0 ? ends.length : bin;
    });
  });
  return { edges, most, at: (row, feature) => bins[row * size + feature] ?? 0 };
}
