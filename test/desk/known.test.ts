import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readKnown, writeKnown } from '../../lib/desk/known.ts';
import { createDetector } from '../../lib/trend/detector.ts';
import { everyday, hour, start } from '../trend/posts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What is read from a file with this in it, and what was said of it. */
async function readAs(content: Uint8Array | undefined) {
  const path = join(folder, 'known.bin.gz');
  await rm(path, { force: true });
  if (content !== undefined) await writeFile(path, content);
  const said: Error[] = [];
  const known = await readKnown(path, (error) => said.push(error));
  return { known, said };
}

it('what was usual is read as it was written, and nothing is said', async () => {
  const detector = createDetector();
  for (let n = 0; n < 50; n++) for (const each of everyday(start + n * hour)) detector.add(each);
  detector.tick(start + 50 * hour);
  const path = join(folder, 'written');
  await writeKnown(path, { ...detector.known(), until: start });
  const { known, said } = await readAs(await readFile(path));
  expect(said).toEqual([]);
  expect(known?.until).toBe(start);
  expect(known?.pasts.get('test')?.kept()).toEqual(detector.known().pasts.get('test')?.kept());
});

it('where there is nothing yet, nothing is said', async () => {
  expect(await readAs(undefined)).toEqual({ known: undefined, said: [] });
});

it.each([
  ['damaged', new TextEncoder().encode('no gzip')],
  ['of another version', gzipSync(serialize({ version: 0, until: 0, pasts: [], open: [] }))],
  ['something else', gzipSync(serialize(null))],
  ['half of it', gzipSync(serialize({ version: 1, until: 0 }))],
  ['empty', new Uint8Array()],
])('a file that is %s is not used, and that is said once', async (_, content) => {
  const { known, said } = await readAs(content);
  expect(known).toBeUndefined();
  expect(said).toMatchObject([{ code: 'KNOWN_UNREADABLE' }]);
});
