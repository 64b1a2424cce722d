import type { Signal } from '../../ingest/signal.ts';
import { marksIn } from './marked.ts';
import type { Speaker } from '../trend.ts';

/** Speakers that are named, and those whose posts are read to choose from. */
const [most, mostRead] = [3, 10];

/** Likes (or the score), reposts, replies and quotes of a post, as far as they were read; undefined when none was. */
export function interactionsOf({ counts }: Pick<Signal, 'counts'>): number | undefined {
  const { likes, score, reposts, replies, quotes } = counts ?? {};
  const all = [likes ?? score, reposts, replies, quotes];
  const known = all.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + Math.max(0, b), 0);
}

/**
 * Authors whose posts were heard most: by interactions, then by followers. Those of whom neither is known are left out, and so
 * is what advertises, comes from a program or addresses a model: of the ten that come first, every post is read for that.
 */
export function loudest(signals: readonly Signal[]): Speaker[] {
  const counted = signals.filter(
    (signal) =>
      !signal.marks?.length &&
      (interactionsOf(signal) !== undefined || signal.counts?.followers !== undefined),
  );
  const first = new Set(mostHeard(speakersOf(counted), mostRead).map(({ author }) => author));
  const read = counted.filter(({ author }) => author !== undefined && first.has(author));
  return mostHeard(speakersOf(read.filter((signal) => marksIn(signal).length === 0)));
}

function speakersOf(signals: readonly Signal[]): Speaker[] {
  const found = new Map<string, Speaker>();
  for (const signal of signals) {
    const { author, network, at, counts } = signal;
    if (author === undefined) continue;
    const before = found.get(author);
    const followers = Math.max(before?.followers ?? 0, counts?.followers ?? 0);
    const sum = (before?.interactions ?? 0) + (interactionsOf(signal) ?? 0);
    found.set(author, {
      author,
      network,
      at: Math.min(before?.at ?? at, at),
      ...(followers > 0 && { followers }),
      ...(sum > 0 && { interactions: sum }),
    });
  }
  return [...found.values()];
}

/** The first three: most interactions, then most followers. */
export function mostHeard(speakers: readonly Speaker[], few = most): Speaker[] {
  return speakers
    .filter(({ followers, interactions }) => (followers ?? 0) + (interactions ?? 0) > 0)
    .sort(
      (a, b) =>
        (b.interactions ?? 0) - (a.interactions ?? 0) ||
        (b.followers ?? 0) - (a.followers ?? 0) ||
        (`${a.network}:${a.author}` < `${b.network}:${b.author}` ? -1 : 1),
    )
    .slice(0, few);
}
