import type { DomainWords } from '../store/domain-words.ts';
import type { Trend } from './trend.ts';

type Words = Pick<DomainWords, 'entity' | 'isStop'>;

const [mostTerms, mostEvidence] = [16, 5];

/**
 * Trends as somebody of the field sees them, in their order: those that only say what is said there every day are left
 * out, and what is known by several names (`$btc`, `#bitcoin`, `bitcoin`) is one trend, the strongest of them. Only a
 * trend that is nothing but such a name goes into another: two stories about one thing stay two. How far the posts of two
 * overlap is not known here, so counts are those of the larger one and never a sum.
 */
export function withDomain(trends: readonly Trend[], words: Words): Trend[] {
  const seen: Trend[] = [];
  for (const trend of trends) {
    if ([trend.name, ...trend.terms].every((term) => words.isStop(term))) continue;
    const about = leadOf(trend, words);
    const at = seen.findIndex(
      (other) =>
        about !== undefined &&
        leadOf(other, words) === about &&
        (isBare(trend, words) || isBare(other, words)),
    );
    const same = seen[at];
    if (same === undefined) seen.push(trend);
    else seen[at] = unite(same, trend, words);
  }
  return seen;
}

/** What its strongest term names. */
const leadOf = ({ terms, name }: Trend, { entity }: Words) => entity(terms[0] ?? name)?.name;

/** Whether its name is just one of the names of a thing. */
const isBare = ({ name }: Trend, { entity }: Words) => entity(name) !== undefined;

function unite(stronger: Trend, other: Trend, words: Words): Trend {
  const named = isBare(stronger, words) && !isBare(other, words) ? other.name : stronger.name;
  const larger = other.posts > stronger.posts ? other : stronger;
  const evidence = [...stronger.evidence.slice(0, 3), ...other.evidence, ...stronger.evidence];
  const distinct = new Map(evidence.map((each) => [each.signal, each]));
  return {
    ...stronger,
    name: named,
    terms: [...new Set([...stronger.terms, ...other.terms])].slice(0, mostTerms),
    posts: larger.posts,
    expected: larger.expected,
    ...(larger.authors !== undefined && { authors: larger.authors }),
    firstAt: Math.min(stronger.firstAt, other.firstAt),
    lastAt: Math.max(stronger.lastAt, other.lastAt),
    networks: [...new Set([...stronger.networks, ...other.networks])].sort(),
    evidence: [...distinct.values()].slice(0, mostEvidence),
  };
}
