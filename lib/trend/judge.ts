import { gist } from '../ingest/fingerprint.ts';
import type { Signal } from '../ingest/signal.ts';
import type { Burst, Counter } from './counter.ts';
import { chooseEvidence } from './evidence.ts';
import { type Group, groupTerms, type Standout } from './group.ts';
import { describeGroup } from './naming.ts';
import type { DetectorOptions } from './options.ts';
import { writeTerm } from './terms.ts';
import type { Trend } from './trend.ts';

/** Bursts looked at in one tick, and posts of each: bounds for the work. */
const mostBursts = 80;
const mostPosts = 2000;

/** Trends of one network at `now`, strongest first, without ids. */
export function judge(
  counter: Counter,
  now: number,
  options: DetectorOptions,
): Omit<Trend, 'id'>[] {
  const since = now - options.window;
  const standouts = counter
    .bursts()
    .slice(0, mostBursts)
    .flatMap((burst) => {
      const posts = counter.recent.chain(burst.head, since, mostPosts);
      const term = termOf(counter, burst, posts[0]);
      const { score, expected } = burst;
      return term === undefined ? [] : [{ term, score, expected, posts }];
    });
  return groupTerms(standouts)
    .flatMap((group) => trendOf(group, counter, options) ?? [])
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, options.most);
}

/** Reads how a term is written from a post that holds it: counting keeps only hashes. */
function termOf(counter: Counter, burst: Burst, post: number | undefined): string | undefined {
  const signal = post === undefined ? undefined : counter.recent.post(post);
  if (signal === undefined) return undefined;
  const found = counter.scan(signal.text, signal.tags);
  for (let at = 0; at < found.count; at++)
    if (found.low[at] === burst.low && found.high[at] === burst.high)
      return writeTerm(signal.text, signal.tags, found.start[at] ?? 0, found.end[at] ?? 0);
  return undefined;
}

function trendOf(
  group: Group,
  counter: Counter,
  options: DetectorOptions,
): Omit<Trend, 'id'> | undefined {
  const held = [...group.posts]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const signal = counter.recent.post(number);
      return signal === undefined ? [] : [{ number, signal }];
    });
  const signals = held.map(({ signal }) => signal);
  const lead = group.members[0];
  const first = signals[0];
  if (!lead || !first || !saysSeveral(signals, options.voices)) return undefined;
  const named = signals.flatMap(({ author }) => author ?? []);
  const authors = new Set(named).size;
  const authorsKnown = named.length * 2 > signals.length;
  if (authorsKnown && authors < options.voices) return undefined;
  // A few who post a lot weigh as three posts each.
  const share = authorsKnown ? Math.min(1, (3 * authors) / named.length) : 1;
  const scores = telling(group.members);
  const { name, terms } = describeGroup(group, signals, counter.scan);
  return {
    name,
    terms,
    score: lead.score * share,
    posts: signals.length,
    expected: lead.expected,
    ...(named.length > 0 && { authors }),
    firstAt: signals.reduce((least, { at }) => Math.min(least, at), first.at),
    lastAt: signals.reduce((greatest, { at }) => Math.max(greatest, at), first.at),
    networks: [first.network],
    evidence: chooseEvidence(
      held.map(({ number, signal }) => ({ signal, score: scores.get(number) ?? 0 })),
    ),
  };
}

/** How much of the group each post holds. Terms weigh less the further down they are. */
function telling(members: readonly Standout[]): ReadonlyMap<number, number> {
  const scores = new Map<number, number>();
  members.forEach((member, rank) => {
    for (const post of member.posts) scores.set(post, (scores.get(post) ?? 0) + 1 / (1 + rank));
  });
  return scores;
}

/** Whether there are at least `least` different texts, copies left out. */
function saysSeveral(signals: readonly Signal[], least: number): boolean {
  const texts = new Set<string | number>();
  for (const { copy, text } of signals) {
    if (!copy) texts.add(gist(text) || text);
    if (texts.size >= least) return true;
  }
  return false;
}
