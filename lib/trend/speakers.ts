import type { Signal } from '../ingest/signal.ts';
import type { Speaker } from './trend.ts';

const most = 3;

/** Likes (or the score), reposts, replies and quotes of a post, as far as they were read; undefined when none was. */
export function interactionsOf({ counts }: Pick<Signal, 'counts'>): number | undefined {
  const { likes, score, reposts, replies, quotes } = counts ?? {};
  const all = [likes ?? score, reposts, replies, quotes];
  const known = all.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + Math.max(0, b), 0);
}

/** Authors whose posts were heard most: by interactions, then by followers. Those of whom neither is known are left out. */
export function loudest(signals: readonly Signal[]): Speaker[] {
  const found = new Map<string, Speaker>();
  for (const signal of signals) {
    const { author, network, at, counts, marks } = signal;
    const interactions = interactionsOf(signal);
    if (author === undefined || marks?.length) continue;
    if (interactions === undefined && counts?.followers === undefined) continue;
    const before = found.get(author);
    const followers = Math.max(before?.followers ?? 0, counts?.followers ?? 0);
    const sum = (before?.interactions ?? 0) + (interactions ?? 0);
    found.set(author, {
      author,
      network,
      at: Math.min(before?.at ?? at, at),
      ...(followers > 0 && { followers }),
      ...(sum > 0 && { interactions: sum }),
    });
  }
  return mostHeard([...found.values()]);
}

/** The first three: most interactions, then most followers. */
export function mostHeard(speakers: readonly Speaker[]): Speaker[] {
  return speakers
    .filter(({ followers, interactions }) => (followers ?? 0) + (interactions ?? 0) > 0)
    .sort(
      (a, b) =>
        (b.interactions ?? 0) - (a.interactions ?? 0) ||
        (b.followers ?? 0) - (a.followers ?? 0) ||
        (`${a.network}:${a.author}` < `${b.network}:${b.author}` ? -1 : 1),
    )
    .slice(0, most);
}
