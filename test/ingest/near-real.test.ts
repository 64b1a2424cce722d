import { describe, expect, it } from 'vitest';
import { isMalformed, readArchive } from '../../lib/ingest/archive.ts';
import { createOnce } from '../../lib/ingest/once.ts';
import type { Signal } from '../../lib/ingest/signal.ts';
import { hasShared, sharedPath } from '../shared.ts';

const archive = 'data/trends/crisislex_t6.ndjson.gz';

/** Words as a person would compare them. */
const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/https?:\/\/\S*|https?(?= \.\.\.)|@\w+|\brt\b/g, ' ')
    .replace(/[’']/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function threes(words: readonly string[]): Set<string> {
  return new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')));
}

describe.skipIf(!hasShared(archive))('copies among real tweets', () => {
  // Every pair of 4,000 tweets is compared: near copies are those with 80 % of their word triples the same.
  it('are found, and little else is', async () => {
    const signals: Signal[] = [];
    for await (const item of readArchive(sharedPath(archive)))
      if (!isMalformed(item) && signals.push(item) === 30_000) break;
    const some = signals.slice(26_000);
    const sets = some.map(({ text }) => threes(wordsOf(text)));
    const byTriple = new Map<string, number[]>();
    const once = createOnce();
    const counts = { copies: 0, found: 0, marked: 0, wrong: 0 };
    for (const [index, signal] of some.entries()) {
      const own = sets[index] ?? new Set();
      const others = new Set([...own].flatMap((triple) => byTriple.get(triple) ?? []));
      const best = Math.max(
        0,
        ...[...others].map((other) => {
          const theirs = sets[other] ?? own;
          const both = [...own].filter((triple) => theirs.has(triple)).length;
          return both / (own.size + theirs.size - both);
        }),
      );
      for (const triple of own) byTriple.set(triple, [...(byTriple.get(triple) ?? []), index]);
      const marked = once.admit(signal)?.copy === true;
      // Four triples: shorter ones are phrases that many use.
      if (own.size >= 4 && best >= 0.8) {
        counts.copies += 1;
        counts.found += Number(marked);
      }
      if (marked && own.size >= 4) {
        counts.marked += 1;
        counts.wrong += Number(best < 0.4);
      }
    }
    expect(counts.copies).toBeGreaterThan(100);
    expect(counts.found / counts.copies).toBeGreaterThan(0.93);
    expect(counts.wrong / counts.marked).toBeLessThan(0.05);
  });
});
