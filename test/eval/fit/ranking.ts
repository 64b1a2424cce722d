import { type Features } from '../../../lib/match/ranking/features.ts';
import {
  bestOf,
  featuresOf,
  poolOf,
  type Ranking,
  raritiesOf,
  weigh,
  type Weights,
} from '../../../lib/match/ranking/ranking.ts';
import { semanticFeatures } from '../../../lib/match/ranking/semantic.ts';
import type { Judged } from '../pairs.ts';
import { vectorsOf } from '../vectors.ts';
import { fitListwise } from './listwise.ts';

const folds = 5;
const none = new Float32Array();

interface Told {
  judged: Judged;
  features: readonly Features[];
}

/** Features by words of every text, of the queries of one file. */
export function toldBy(queries: readonly Judged[]): Told[] {
  const pools = queries.map(({ query, texts }) => poolOf(query, texts));
  const rarities = raritiesOf(pools);
  return queries.map((judged, at) => ({ judged, features: featuresOf(pools[at]!, rarities[at]!) }));
}

/**
 * Fits both stages. The second sees scores of the first as it will for a query it does not know: each fifth of the queries
 * scored by weights of the other four.
 */
export async function fitRanking(told: readonly Told[]): Promise<Ranking> {
  const semantic: { id: string; features: Features; relevant: boolean }[] = [];
  const scored = Array.from({ length: folds }, (_, fold) => {
    const weights = fitLexical(told.filter((_told, at) => at % folds !== fold));
    return told
      .filter((_told, at) => at % folds === fold)
      .map(({ judged, features }) => ({ judged, scores: features.map((f) => weigh(f, weights)) }));
  }).flat();
  const vectors = await vectorsOf(
    scored.flatMap(({ judged, scores }) => [
      judged.query,
      ...bestOf(scores).map((at) => judged.texts[at] ?? ''),
    ]),
  );
  for (const { judged, scores } of scored) {
    const best = bestOf(scores).map(
      (at) => [at, vectors.get(judged.texts[at] ?? '') ?? none] as const,
    );
    const query = vectors.get(judged.query) ?? none;
    for (const [at, features] of semanticFeatures(query, scores, new Map(best)))
      semantic.push({ id: judged.query, features, relevant: judged.relevant[at] === true });
  }
  const names = Object.keys(semantic[0]?.features ?? {});
  return {
    lexical: fitLexical(told),
    semantic: fitListwise({
      names,
      values: semantic.map(({ features }) => names.map((name) => features[name] ?? 0)),
      relevant: semantic.map(({ relevant }) => relevant),
      query: semantic.map(({ id }) => id),
    }),
  };
}

function fitLexical(told: readonly Told[]): Weights {
  const names = Object.keys(told[0]?.features[0] ?? {});
  return fitListwise({
    names,
    values: told.flatMap(({ features }) =>
      features.map((each) => names.map((name) => each[name] ?? 0)),
    ),
    relevant: told.flatMap(({ judged }) => judged.relevant),
    query: told.flatMap(({ judged }) => judged.texts.map(() => judged.query)),
  });
}
