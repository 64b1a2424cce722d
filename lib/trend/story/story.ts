import { gist } from '../../ingest/fingerprint.ts';
import type { Signal } from '../../ingest/signal.ts';
import { curveOf } from './curve.ts';
import { chooseEvidence } from './evidence.ts';
import type { Group, Standout } from './group.ts';
import { describeGroup } from './naming.ts';
import { loudest } from './speakers.ts';
import type { Trend } from '../trend.ts';

/** What people read of a trend. */
export interface Told extends Pick<Trend, 'name' | 'terms' | 'evidence' | 'speakers'> {
  /** Its first posts whose author is known, no copies, oldest first: their authors may have been early. At most 120. */
  first: readonly Signal[];
}

/** A trend of one moment, before it is known which one it goes on. */
export interface Story extends Omit<Trend, 'id' | 'name' | 'terms' | 'evidence' | 'speakers'> {
  /** All terms of its group, strongest first; at least one. */
  members: readonly string[];
  /** What people read of it. Takes as long as everything else together, so it is only done for what is new or has grown. */
  tell: () => Told;
}

/** Early posts handed on. Some of them turn out to be marked when their texts are read. */
const mostFirst = 120;

/**
 * What a group of terms tells on one network. `post` answers a post by its number,
 * undefined when it is no longer held. Undefined when fewer than `voices` authors, where authors are known, or different
 * texts stand behind it.
 */
export function storyOf(
  group: Group,
  post: (number: number) => Signal | undefined,
  voices: number,
): Story | undefined {
  const held = [...group.posts]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const signal = post(number);
      return signal === undefined ? [] : [{ number, signal }];
    });
  const signals = held.map(({ signal }) => signal);
  const lead = group.members[0];
  const newest = signals.at(-1);
  if (!lead || !newest || !saysSeveral(signals, voices)) return undefined;
  const named = signals.flatMap(({ author }) => author ?? []);
  const authors = new Set(named).size;
  const authorsKnown = named.length * 2 > signals.length;
  if (authorsKnown && authors < voices) return undefined;
  // A few who post a lot weigh as three posts each.
  const share = authorsKnown ? Math.min(1, (3 * authors) / named.length) : 1;
  const times = signals.map(({ at }) => at);
  const [firstAt, lastAt] = [times.reduce(least), times.reduce(greatest)];
  const curve = curveOf(times);
  let told: Told | undefined;
  return {
    members: group.members.map(({ term }) => term),
    score: lead.score * share,
    posts: signals.length,
    expected: lead.expected,
    ...(named.length > 0 && { authors }),
    firstAt,
    lastAt,
    networks: [newest.network],
    voices: [
      {
        network: newest.network,
        posts: signals.length,
        ...(named.length > 0 && { authors }),
        firstAt,
      },
    ],
    ...(curve && { curve }),
    tell: () => (told ??= tell(group, held)),
  };
}

function tell(group: Group, held: readonly { number: number; signal: Signal }[]): Told {
  const signals = held.map(({ signal }) => signal);
  const scores = telling(group.members);
  const speakers = loudest(signals);
  return {
    ...describeGroup(group, signals),
    evidence: chooseEvidence(
      held.map(({ number, signal }) => ({ signal, score: scores.get(number) ?? 0 })),
    ),
    ...(speakers.length > 0 && { speakers }),
    first: signals
      .filter(({ copy, author }) => !copy && author !== undefined)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .slice(0, mostFirst),
  };
}

const least = (a: number, b: number) => Math.min(a, b);
const greatest = (a: number, b: number) => Math.max(a, b);

/** How much of the group each post holds. Terms weigh less the further down they are. */
function telling(members: readonly Standout[]): ReadonlyMap<number, number> {
  const scores = new Map<number, number>();
  members.forEach((member, rank) => {
    for (const post of member.posts) scores.set(post, (scores.get(post) ?? 0) + 1 / (1 + rank));
  });
  return scores;
}

/** Whether there are at least `least` different texts, copies left out. */
function saysSeveral(signals: readonly Signal[], few: number): boolean {
  const texts = new Set<string | number>();
  for (const { copy, text } of signals) {
    if (!copy) texts.add(gist(text) || text);
    if (texts.size >= few) return true;
  }
  return false;
}
