import type { Trend } from './trend.ts';

type Unnamed = Omit<Trend, 'id'>;

/** Makes one trend of those of several networks that share one of their leading terms. Strongest first. */
export function uniteTrends(perNetwork: readonly (readonly Unnamed[])[]): Unnamed[] {
  const united: Unnamed[] = [];
  const sorted = perNetwork
    .flat()
    .toSorted((a, b) => b.score - a.score || (key(a) < key(b) ? -1 : 1));
  for (const trend of sorted) {
    const same = united.findIndex(
      (each) =>
        !each.networks.some((network) => trend.networks.includes(network)) &&
        each.terms.slice(0, 3).some((term) => trend.terms.slice(0, 3).includes(term)),
    );
    const other = united[same];
    if (other === undefined) united.push(trend);
    else united[same] = unite(other, trend);
  }
  return united.sort((a, b) => b.score - a.score || (key(a) < key(b) ? -1 : 1));
}

const key = (trend: Unnamed) => `${trend.name} ${trend.networks.join(' ')}`;

/** Independent networks that say the same add up. */
function unite(a: Unnamed, b: Unnamed): Unnamed {
  const authors = a.authors === undefined && b.authors === undefined;
  return {
    ...a,
    terms: [...new Set([...a.terms, ...b.terms])].slice(0, 10),
    score: Math.hypot(a.score, b.score),
    posts: a.posts + b.posts,
    expected: a.expected + b.expected,
    ...(!authors && { authors: (a.authors ?? 0) + (b.authors ?? 0) }),
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    networks: [...a.networks, ...b.networks].sort(),
    evidence: [...a.evidence.slice(0, 3), ...b.evidence.slice(0, 2)],
  };
}
