import { type Curve, fullerCurve } from './curve.ts';
import { durationOf } from './duration.ts';
import { absorbs, goesOn } from './goes-on.ts';
import { type Phase, phaseOf } from './phase.ts';
import { type Spelled, spelling } from './spelling.ts';
import type { Story, Told } from './story.ts';
import type { Trend } from '../trend.ts';
import { isStop } from './words.ts';

/** A trend that has not ended: what keeps its id the same from tick to tick. */
export interface Open {
  id: string;
  name: string;
  /** Its terms so far, strongest first. */
  terms: readonly string[];
  firstAt: number;
  lastAt: number;
  /** Posts it had when it was named. */
  named?: number;
  /** Most posts that it ever had at one moment. */
  most?: number;
  curve?: Curve;
  phase?: Phase;
  /** What was told of it last, and the score and the posts it had then. */
  told?: Omit<Told, 'first'>;
  score?: number;
  posts?: number;
}

const mostTerms = 20;
const earlyTerms = 10;
const shownTerms = 16;
const mostOpen = 500;
/** A trend that has grown this many times may be named anew: its first name was given by a handful of posts. */
const grown = 2;
/** And one whose score or posts have grown this many times has its evidence chosen anew. */
const retold = 1.4;

export interface Continued {
  trends: Trend[];
  open: Open[];
  /** Those that are seen for the first time, with the posts that were there before. */
  fresh: { id: string; first: Told['first'] }[];
}

/**
 * Gives each trend its id: that of the open trend it goes on (`goesOn`), or a new one. Two that go on the same one become one.
 * The id stays for life, the name may become better while the trend grows. An open trend that nothing goes on and that a story
 * holds the leading terms of turns out to be one with it (`also`). Says in which phase each is at `now`
 * (ms UTC). A trend without posts for `window` ms has ended. `spelled` says what is the same term.
 */
export function continueTrends(
  stories: readonly Story[],
  open: readonly Open[],
  now: number,
  window: number,
  spelled: Spelled = spelling,
): Continued {
  const alive = new Map(
    open.filter(({ lastAt }) => now - lastAt <= window).map((each) => [each.id, each]),
  );
  const known = stories.map((story) => goesOn(story, [...alive.values()], spelled)?.id);
  const claimed = new Set(known);
  const told = new Map<string, Trend>();
  const fresh: Continued['fresh'] = [];
  stories.forEach((story, index) => {
    const own = alive.get(known[index] ?? '');
    // Trends that began apart and turn out to be one: the one that was greatest goes on.
    const same = [...alive.values()].filter(
      (each) => !claimed.has(each.id) && absorbs(story, each, spelled),
    );
    const all = (own ? [own, ...same] : same).sort(byGreatest);
    const [before, ...gone] = all;
    const id = before?.id ?? freshId(story, alive);
    if (before === undefined) fresh.push({ id, first: story.tell().first });
    const next = gone.reduce(merged, goOn(id, before, story));
    for (const each of gone) alive.delete(each.id);
    claimed.add(id);
    alive.set(id, next);
    const trend = told.get(id);
    const also = gone.map((each) => each.id);
    told.set(id, {
      ...(trend === undefined ? trendOf(next, story) : joined(trend, next, story)),
      ...(also.length > 0 && { also: [...(trend?.also ?? []), ...also] }),
    });
  });
  for (const [id, { curve, phase, ...rest }] of alive) {
    // What faded and was posted about no more goes on fading.
    if (curve === undefined || (phase === 'fading' && !told.has(id))) continue;
    const stands = phaseOf(curve, now, phase);
    alive.set(id, { ...rest, curve, phase: stands });
    const trend = told.get(id);
    if (trend) told.set(id, { ...trend, curve, phase: stands, duration: durationOf(curve) });
  }
  const newest = [...alive.values()].sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
  return { trends: [...told.values()], open: newest.slice(0, mostOpen), fresh };
}

function goOn(id: string, before: Open | undefined, story: Story): Open {
  const { score, posts } = story;
  const stale =
    before === undefined ||
    score >= retold * (before.score ?? 0) ||
    posts >= retold * (before.posts ?? 0);
  const told = stale || before.told === undefined ? lasting(story.tell()) : before.told;
  const rename =
    before === undefined || (posts >= grown * (before.named ?? 1) && isItsOwn(told.name, before));
  const curve = fullerCurve(before?.curve, story.curve);
  return {
    id,
    name: rename ? told.name : before.name,
    terms: union(
      before?.terms ?? story.members.slice(0, 3),
      [...told.terms, ...story.members],
      mostTerms,
    ),
    firstAt: Math.min(before?.firstAt ?? Infinity, story.firstAt),
    lastAt: Math.max(before?.lastAt ?? 0, story.lastAt),
    named: rename ? posts : (before.named ?? posts),
    most: Math.max(before?.most ?? 0, posts),
    ...(curve && { curve }),
    ...(before?.phase && { phase: before.phase }),
    told,
    score: stale ? score : (before.score ?? score),
    posts: stale ? posts : (before.posts ?? posts),
  };
}

/** Whether a name consists of early words of the trend, and not of what came to it later. */
function isItsOwn(name: string, { terms }: Open): boolean {
  const known = terms.slice(0, earlyTerms).join(' ').split(' ').map(spelling);
  const words = name.split(/[\s,]+/).filter((word) => !isStop(word.toLowerCase()));
  return words.every((word) => known.includes(spelling(word)));
}

/** What is kept of what was told. */
const lasting = ({ first: _, ...told }: Told) => told;

const byGreatest = (a: Open, b: Open) =>
  (b.most ?? 0) - (a.most ?? 0) || a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);

/** Two that began apart and turn out to be one. */
function merged(own: Open, other: Open): Open {
  const curve = fullerCurve(own.curve, other.curve);
  return {
    ...own,
    terms: union(own.terms, other.terms, mostTerms),
    firstAt: Math.min(own.firstAt, other.firstAt),
    lastAt: Math.max(own.lastAt, other.lastAt),
    ...(curve && { curve }),
  };
}

function trendOf(open: Open, { tell, members: _, ...story }: Story): Trend {
  const { id, name, firstAt, lastAt, told = tell() } = open;
  const { terms, evidence, speakers } = told;
  return { ...story, id, name, terms, firstAt, lastAt, evidence, ...(speakers && { speakers }) };
}

/** Another side of a story that a stronger trend tells already. */
const joined = (stronger: Trend, { lastAt, firstAt }: Open, story: Story): Trend => ({
  ...stronger,
  terms: union(stronger.terms, story.members, shownTerms),
  firstAt,
  lastAt,
});

const union = (a: readonly string[], b: readonly string[], most: number) =>
  [...new Set([...a, ...b])].slice(0, most);

/** Name and UTC day it was first seen, e.g. `hurricane-sandy@2012-10-28`; with a number where that is taken. */
function freshId(story: Story, taken: ReadonlyMap<string, Open>): string {
  const words = story
    .tell()
    .name.toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-');
  const slug = words.replace(/^-|-$/g, '');
  const id = `${slug}@${new Date(story.lastAt).toISOString().slice(0, 10)}`;
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}
