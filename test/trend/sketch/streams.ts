import fc from 'fast-check';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { createTallies, hourLength } from '../../../lib/trend/sketch/tallies.ts';
import { createTally, type Tally } from '../../../lib/trend/sketch/tally.ts';
import { createScanner } from '../../../lib/trend/terms/terms.ts';
import { signal, start } from '../posts.ts';

/** A word of the vocabulary by its rank. */
export const word = (rank: number) => `word${rank.toString(36).padStart(4, 'x')}q`;

/** Posts as Zipf's law has them: the word of rank r comes 1/r as often as the first. The same seed gives the same posts. */
export function zipf(count: number, seed: number, vocabulary = 20_000, authors = 500): Signal[] {
  const random = randomOf(seed);
  const draw = () => Math.floor(vocabulary ** random()) - 1;
  return Array.from({ length: count }, (_, n) => {
    const text = Array.from({ length: 8 }, () => word(draw())).join(', ');
    const by = `author${Math.floor(authors * random() ** 2)}`;
    return signal(`${seed}-${n}`, text, start + Math.floor((n * hourLength) / count), by);
  });
}

/** Mulberry32 (Ettinger 2017): small, and good enough to draw test data with. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A few posts of a few words within three hours: small enough that every way to get them wrong is met. */
export const posts = fc
  .array(
    fc.record({
      words: fc.array(fc.nat(40), { maxLength: 8 }),
      tag: fc.option(fc.constantFrom('#Flood', '#storm'), { nil: '' }),
      at: fc.nat(3 * hourLength - 1),
      author: fc.option(fc.nat(30), { nil: undefined }),
      copy: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ words, tag, at, author, copy }, n): Signal => {
      const text = `${words.map(word).join(' ')} ${tag}`;
      const by = author === undefined ? undefined : `author${author}`;
      const made = signal(n, text, start + at, by);
      return copy ? { ...made, copy: true } : made;
    }),
  );

const scan = createScanner();

export function tallyOf(signals: readonly Signal[], limit?: number): Tally {
  const tally = createTally(limit);
  for (const one of signals) tally.add(one, scan(one.text, one.tags, true));
  return tally;
}

export function hoursOf(signals: readonly Signal[]) {
  const tallies = createTallies();
  for (const one of signals) tallies.add(one);
  return tallies.list();
}

/** How many posts hold each term, by its spelling: counted with a plain map. */
export function trueCounts(signals: readonly Signal[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of signals) {
    const tally = tallyOf([one]);
    for (let row = 0; row < tally.size; row++)
      counts.set(tally.read(row), (counts.get(tally.read(row)) ?? 0) + 1);
  }
  return counts;
}
