import { bestOf, weigh, type Weights } from '../../../lib/match/ranking/ranking.ts';
import { cosine } from '../../../lib/match/ranking/semantic.ts';
import { commonWords, wordsIn } from '../../../lib/match/ranking/tokens.ts';
import type { Judged } from '../pairs.ts';
import { vectorsOf } from '../vectors.ts';
import { type Case, caseOf } from './cases.ts';
import { numbers } from './numbers.ts';
import { toldBy } from './ranking.ts';

/** Every how many texts one begins a cluster, and how many each query is shown of other queries. */
const every = 6;
const others = 30;

/**
 * Judged tweets as trends: a text and the four nearest to it, about the query when three of them are. A query stands
 * for a topic whose keywords are itself and its neighbouring words. Each is also shown clusters of other queries, as a
 * desk hears mostly what is not its subject.
 */
export async function clusterCases(queries: readonly Judged[], weights: Weights): Promise<Case[]> {
  const told = toldBy(queries.filter(({ relevant }) => relevant.includes(true)));
  const pools = told.map(({ judged, features }) => {
    const best = bestOf(features.map((each) => weigh(each, weights)));
    const texts = best.map((at) => ({
      text: judged.texts[at] ?? '',
      relevant: judged.relevant[at] === true,
    }));
    return { query: judged.query, keywords: keywordsOf(judged.query), texts };
  });
  const vectors = await vectorsOf(
    pools.flatMap(({ query, keywords, texts }) => [
      query,
      ...keywords,
      ...texts.map(({ text }) => text),
    ]),
  );
  const vectorOf = (text: string) => vectors.get(text) ?? new Float32Array();
  const made = pools.flatMap(({ query, texts }) =>
    texts
      .filter((_, at) => at % every === 0)
      .map(({ text }) => {
        const near = texts
          .map((other) => ({ ...other, near: cosine(vectorOf(text), vectorOf(other.text)) }))
          .sort((a, b) => b.near - a.near)
          .slice(0, 5);
        const about = near.filter(({ relevant }) => relevant).length >= 3;
        return { query, texts: near.map((each) => each.text), about };
      }),
  );
  const random = numbers(1);
  return pools.flatMap(({ query, keywords }) => {
    const foreign = made.filter((cluster) => cluster.query !== query);
    const shown = Array.from({ length: others }, () => ({
      ...foreign[Math.floor(random() * foreign.length)]!,
      about: false,
    }));
    return [...made.filter((cluster) => cluster.query === query), ...shown].map((cluster) =>
      caseOf({ about: query, keywords }, trendOf(cluster.texts), cluster.about, vectorOf),
    );
  });
}

function keywordsOf(query: string): string[] {
  const telling = wordsIn(query).filter((word) => !commonWords.has(word));
  const pairs = telling.slice(1).map((word, at) => `${telling[at] ?? ''} ${word}`);
  return [query.replace(/[`']/g, '').trim(), ...(telling.length === 1 ? telling : pairs)];
}

/** Named by the words most of its texts hold. */
function trendOf(texts: readonly string[]) {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(wordsIn(text)))
      if (!commonWords.has(word) && word.length > 2) counts.set(word, (counts.get(word) ?? 0) + 1);
  const terms = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5);
  const names = terms.map(([word]) => word);
  const evidence = texts.map((excerpt) => ({ excerpt }));
  return { name: names.slice(0, 2).join(' '), terms: names, evidence };
}
