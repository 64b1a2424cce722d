import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readKnown } from '../../../lib/desk/known.ts';
import { createBatch } from '../../../lib/desk/steps/batch.ts';
import { countTrends } from '../../../lib/desk/steps/count.ts';
import { createScanner } from '../../../lib/trend/terms/terms.ts';
import { everyday, hour, signal, start } from '../../trend/posts.ts';

const day = 24 * hour;
let folder: string;
const caches = () => [join(folder, 'cache')];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'count-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Every hour's posts as ingest leaves them, and the trends at the end of some hours. */
async function live(hours: number, news: (n: number) => boolean, runs: (n: number) => boolean) {
  const warned: Error[] = [];
  let found: string[][] = [];
  for (let n = 0; n < hours; n++) {
    const now = start + (n + 1) * hour;
    const batch = createBatch(caches()[0]!, { now: () => now });
    for (const post of everyday(start + n * hour)) batch.add(post);
    for (let k = 0; news(n) && k < 12; k++)
      batch.add(
        signal(`${n}-${k}`, `Ferry ${'abcdefghijkl'[k]} leaves at ${k}`, now - 1 - k, `w${k}`),
      );
    await batch.write();
    if (!runs(n)) continue;
    const known = join(folder, 'known.bin');
    const warn = (error: Error) => warned.push(error);
    const { trends } = await countTrends({ known, caches: caches(), now, warn });
    found = [...found, trends.map(({ terms }) => terms[0] ?? '')];
  }
  expect(warned).toEqual([]);
  return found;
}

it('remembers every day that is over, however long ago the posts are gone', async () => {
  await live(
    5 * 24,
    () => false,
    (n) => n % 6 === 5,
  );
  const known = await readKnown(join(folder, 'known.bin'), () => undefined);
  expect(known?.until).toBe(start + 4 * day);
  const past = known?.pasts.get('test');
  expect(past?.days).toEqual({ closed: 4, posts: 1440, total: 4 * 1440 });
  const terms = createScanner()('harbour', [], false);
  const row = past?.find(terms.low[0] ?? 0, terms.high[0] ?? 0) ?? -1;
  // An eighth of the posts begin with it, an eighth end with it, and some do both.
  expect(past?.share(row)).toBeGreaterThan(0.1);
});

it('knows a week later what is usual at a time, and still sees what is not', async () => {
  const evening = (n: number) => n % 24 === 18;
  const found = await live(8 * 24, evening, evening);
  expect(found[0]).toContain('ferry');
  expect(found.at(-1)).not.toContain('ferry');
});
