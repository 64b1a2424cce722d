/** Mean average precision and precision of the first 30. */
export interface RankingFigures {
  map: number;
  p30: number;
  /** Queries with a relevant text; others tell nothing and are left out. */
  queries: number;
}

/** Figures of scores, greater first, ties in the order of the file. Recall is of the relevant texts of the file. */
export function rankingFigures(
  queries: readonly { scores: readonly number[]; relevant: readonly boolean[] }[],
): RankingFigures {
  const told = queries.filter(({ relevant }) => relevant.includes(true));
  const each = told.map(({ scores, relevant }) => {
    const order = [...scores.keys()].sort(
      (a, b) => (scores[b] ?? -Infinity) - (scores[a] ?? -Infinity) || a - b,
    );
    let hits = 0;
    let sum = 0;
    let first = 0;
    order.forEach((at, rank) => {
      if (relevant[at] !== true) return;
      hits++;
      sum += hits / (rank + 1);
      if (rank < 30) first++;
    });
    return { ap: sum / hits, p30: first / 30 };
  });
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  return {
    map: mean(each.map(({ ap }) => ap)),
    p30: mean(each.map(({ p30 }) => p30)),
    queries: told.length,
  };
}
