import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bestOf,
  featuresOf,
  fusedScores,
  poolOf,
  type Ranking,
  raritiesOf,
  weigh,
} from '../../lib/match/ranking/ranking.ts';
import { unseenFit } from './fit/seen.ts';
import type { Kind } from './kind.ts';
import { type Judged, readPairs, readRun } from './pairs.ts';
import { rankingFigures } from './precision.ts';
import { vectorsOf } from './vectors.ts';

type Fit = Ranking & { fittedOn: readonly string[]; seen: string };

const fitsFile = join(import.meta.dirname, '../../lib/match/ranking/fits.json');
const none = new Float32Array();

/** Each query is ranked by the fit of most queries that it is not among: nothing is measured on what it was fitted on. */
export const kind: Kind = {
  what: 'how well judged texts are ranked for their queries: MAP and P@30',
  needs: ['pairs'],
  may: ['run'],
  async evaluate({ pairs = '', run }) {
    const { queries, unread } = readPairs(pairs);
    const { fits } = JSON.parse(readFileSync(fitsFile, 'utf8')) as { fits: readonly Fit[] };
    const chosen = queries.map(({ query }) => unseenFit(fits, query));
    const { byWords, byBoth } = await scoresOf(queries, chosen);
    const figures = (scores: readonly (readonly number[])[]) =>
      rankingFigures(queries.map(({ relevant }, at) => ({ relevant, scores: scores[at] ?? [] })));
    const ours = figures(byBoth);
    const words = figures(byWords);
    const metrics: Record<string, number> = { map: ours.map, 'p@30': ours.p30 };
    if (run !== undefined) {
      const scores = readRun(run);
      const theirs = figures(
        queries.map(({ id, ids }) => ids.map((tweet) => scores.get(`${id} ${tweet}`) ?? -Infinity)),
      );
      metrics['run.map'] = theirs.map;
      metrics['run.p@30'] = theirs.p30;
    }
    const fitted = new Set(chosen.map((fit) => fit?.fittedOn.join(' and ') ?? 'nothing'));
    return {
      metrics,
      lines: [
        `${ours.queries} of ${queries.length} queries have a relevant text; ${unread} lines were no pair`,
        `fitted on ${[...fitted].join('; ')}`,
        `by words alone: map ${words.map.toFixed(4)}, p@30 ${words.p30.toFixed(4)}`,
      ],
    };
  },
};

async function scoresOf(queries: readonly Judged[], fits: readonly (Fit | undefined)[]) {
  const pools = queries.map(({ query, texts }) => poolOf(query, texts));
  const rarities = raritiesOf(pools);
  const byWords = pools.map((pool, at) =>
    featuresOf(pool, rarities[at]!).map((each) => weigh(each, fits[at]?.lexical ?? { bm25: 1 })),
  );
  const best = byWords.map((scores) => bestOf(scores));
  const vectors = await vectorsOf(
    queries.flatMap(({ query, texts }, at) => [query, ...best[at]!.map((index) => texts[index]!)]),
  );
  const byBoth = queries.map(({ query, texts }, at) =>
    fusedScores(
      byWords[at] ?? [],
      vectors.get(query) ?? none,
      new Map((best[at] ?? []).map((index) => [index, vectors.get(texts[index]!) ?? none])),
      fits[at]?.semantic ?? { lexical: 1 },
    ),
  );
  return { byWords, byBoth };
}
