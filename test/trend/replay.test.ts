import { describe, expect, it } from 'vitest';
import type { ArchiveItem } from '../../lib/ingest/archive.ts';
import { replay } from '../../lib/trend/replay.ts';
import { everyday, hour, signal, start } from './posts.ts';

async function* stream(items: readonly ArchiveItem[]) {
  for (const item of items) yield await Promise.resolve(item);
}

const quiet = Array.from({ length: 40 }, (_, n) => everyday(start + n * hour)).flat();
const flood = Array.from({ length: 20 }, (_, n) =>
  signal(`f${n}`, `Flood in Karsund, house ${n}`, start + (30 + n / 10) * hour),
);
const inOrder = [...quiet, ...flood].sort((a, b) => a.at - b.at);

describe('replaying an archive', () => {
  it('finds its trends on its own clock and counts everything', async () => {
    const found = await replay(
      stream([...inOrder, inOrder[0]!, { malformed: true, line: 9, why: 'no JSON' }]),
    );
    expect(found.trends.filter(({ terms }) => terms.includes('karsund'))).toHaveLength(1);
    expect(found.counts).toMatchObject({
      signals: inOrder.length,
      duplicates: 1,
      malformed: 1,
    });
    expect([found.from, found.to]).toEqual([start, inOrder.at(-1)?.at]);
  });

  it('does not mind the order of a small one', async () => {
    const forwards = await replay(stream(inOrder));
    const backwards = await replay(stream(inOrder.toReversed()));
    expect(backwards.trends.map(({ id, score }) => [id, score])).toEqual(
      forwards.trends.map(({ id, score }) => [id, score]),
    );
  });

  it('of nothing is nothing', async () => {
    expect(await replay(stream([]))).toMatchObject({ trends: [], from: 0, to: 0 });
  });

  it('says how far it is', async () => {
    const seen: number[] = [];
    const many = Array.from({ length: 25_000 }, (_, n) => signal(n, `post ${n}`, start + n));
    await replay(stream(many), { progress: ({ signals }) => seen.push(signals) });
    expect(seen).toEqual([10_000, 20_000]);
  });
});
