import type { Trend } from './trend.ts';

/** A trend that has not ended: what keeps its id the same from tick to tick. */
export interface Open {
  id: string;
  name: string;
  /** Its terms so far, strongest first. */
  terms: readonly string[];
  firstAt: number;
  lastAt: number;
}

/** Terms by which a trend is recognised. */
const leading = 3;
const mostTerms = 20;
const shownTerms = 16;
/** Share of a trend's evidence that names an open one. */
const sameStory = 0.6;
const mostOpen = 500;

/**
 * Gives each trend its id: that of the open trend it goes on, or a new one. It goes on one that holds one of its three
 * leading terms, or whose leading terms most of its own evidence names: then it is another side of the same story. Two
 * that go on the same one become one. Answers the trends and what is open now; a trend without posts for `window` ms
 * has ended.
 */
export function continueTrends(
  trends: readonly Omit<Trend, 'id'>[],
  open: readonly Open[],
  now: number,
  window: number,
): { trends: Trend[]; open: Open[] } {
  const alive = new Map(
    open.filter(({ lastAt }) => now - lastAt <= window).map((each) => [each.id, each]),
  );
  const named = new Map<string, Trend>();
  for (const trend of trends) {
    const before = goesOn(trend, [...alive.values()]);
    const id = before?.id ?? freshId(trend, alive);
    const firstAt = Math.min(before?.firstAt ?? Infinity, trend.firstAt);
    const lastAt = Math.max(before?.lastAt ?? 0, trend.lastAt);
    const terms = union(before?.terms ?? [], trend.terms, mostTerms);
    const name = before?.name ?? trend.name;
    alive.set(id, { id, name, terms, firstAt, lastAt });
    const stronger = named.get(id);
    named.set(
      id,
      stronger === undefined
        ? { id, ...trend, name, firstAt }
        : { ...stronger, terms: union(stronger.terms, trend.terms, shownTerms), lastAt },
    );
  }
  const newest = [...alive.values()].sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
  return { trends: [...named.values()], open: newest.slice(0, mostOpen) };
}

function goesOn(trend: Omit<Trend, 'id'>, open: readonly Open[]): Open | undefined {
  const lead = trend.terms.slice(0, leading);
  const shared = open.find(({ terms }) => terms.some((term) => lead.includes(term)));
  if (shared !== undefined) return shared;
  const posts = trend.evidence.map(({ excerpt }) => words(excerpt));
  return open.find(({ terms }) => {
    const sought = terms.slice(0, leading).map(words);
    const naming = posts.filter((post) => sought.some((term) => post.includes(term)));
    return posts.length > 0 && naming.length / posts.length >= sameStory;
  });
}

const words = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `;

const union = (a: readonly string[], b: readonly string[], most: number) =>
  [...new Set([...a, ...b])].slice(0, most);

/** Name and UTC day it was first seen, e.g. `hurricane-sandy@2012-10-28`; with a number where that is taken. */
function freshId(trend: Omit<Trend, 'id'>, taken: ReadonlyMap<string, Open>): string {
  const slug = trend.name.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-|-$/g, '');
  const id = `${slug}@${new Date(trend.lastAt).toISOString().slice(0, 10)}`;
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}
