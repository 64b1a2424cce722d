import { type Features, standard } from './features.ts';

/** How alike two unit vectors are, -1 to 1; 0 when one is missing. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const length = Math.min(a.length, b.length);
  let sum = 0;
  for (let at = 0; at < length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Mean of vectors by weight, made a unit vector. */
export function centroid(weighted: readonly (readonly [Float32Array, number])[]): Float32Array {
  const sum = new Float64Array(weighted[0]?.[0].length ?? 0);
  for (const [vector, weight] of weighted)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + weight * (vector[at] ?? 0);
  const norm = Math.hypot(...sum) || 1;
  return Float32Array.from(sum, (value) => value / norm);
}

/**
 * What meaning tells of the best candidates: their lexical score, the cosine with the query, and the cosine with the
 * centroid of the best 5, 10 and 30 (feedback in the space of meaning, after Rocchio 1971). `scores` are those of all
 * candidates, `vectors` those of the best ones by their index; others get nothing.
 */
export function semanticFeatures(
  query: Float32Array,
  scores: readonly number[],
  vectors: ReadonlyMap<number, Float32Array>,
): ReadonlyMap<number, Features> {
  const among = standard(scores);
  const seeds = [...vectors]
    .map(([at, vector]) => {
      const near = cosine(query, vector);
      return { at, vector, near, seed: (among[at] ?? 0) + 4 * near };
    })
    .sort((a, b) => b.seed - a.seed || a.at - b.at);
  const highest = seeds[0]?.seed ?? 0;
  const of = (best: number) =>
    centroid(seeds.slice(0, best).map(({ vector, seed }) => [vector, Math.exp(seed - highest)]));
  const [five, ten, thirty] = [of(5), of(10), of(30)];
  return new Map(
    seeds.map(({ at, vector, near }) => [
      at,
      {
        lexical: scores[at] ?? 0,
        query: near,
        five: cosine(five, vector),
        ten: cosine(ten, vector),
        thirty: cosine(thirty, vector),
      },
    ]),
  );
}
