import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../sandbox/start/outcome.ts';
import { shared } from '../shared.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...options: string[]): ChildProcess & { out: () => string } {
  const child = spawn(process.execPath, ['sandbox/start.ts', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return Object.assign(child, { out: () => out });
}

async function ended(child: ReturnType<typeof run>): Promise<{ status: number; last: string }> {
  const [status] = (await once(child, 'close')) as [number];
  return { status, last: child.out().trimEnd().split('\n').at(-1) ?? '' };
}

/** Real posts about the bombing in Boston, and as many about nothing, out of a larger archive. */
let made: Promise<{ path: string; posts: number }> | undefined;
const archive = () => {
  const source = shared('data/trends/crisislex_t6.ndjson.gz');
  made ??= (async () => {
    const lines = gunzipSync(await readFile(source))
      .toString('utf8')
      .split('\n');
    const chosen = lines.filter((line) => line.includes('2013_Boston_Bombings'));
    const path = join(folder, 'boston.ndjson');
    await writeFile(path, `${chosen.join('\n')}\n`);
    return { path, posts: chosen.length };
  })();
  return made;
};

describe('npm start', () => {
  it('publishes without hands what an archive of disasters tells world-news', async () => {
    const { path, posts } = await archive();
    const once = run(
      '--once',
      '--json',
      '--folder',
      join(folder, 'a'),
      '--profile',
      'world-news',
      '--input',
      path,
    );
    const { status, last } = await ended(once);
    expect({ status, out: once.out() }).toMatchObject({ status: 0 });
    const outcome = JSON.parse(last) as Outcome;
    expect(outcome).toMatchObject({ signals: posts, malformed: 0, failed: 0, unknown: 0 });
    expect(outcome.posts).toBeGreaterThan(0);
    expect(outcome.published).toHaveLength(outcome.posts);
    for (const { url } of outcome.published)
      expect(url).toMatch(/\/pulse-state\/outbox\/.+\.json$/);
  });

  it('publishes nothing of it for crypto, and says so with status 3', async () => {
    const { path, posts } = await archive();
    const once = run(
      '--once',
      '--json',
      '--folder',
      join(folder, 'b'),
      '--profile',
      'crypto',
      '--input',
      path,
    );
    const { status, last } = await ended(once);
    expect(status).toBe(3);
    expect(JSON.parse(last)).toMatchObject({
      signals: posts,
      matches: 0,
      posts: 0,
      published: [],
    });
  });

  it('finds its desk again after it was stopped', async () => {
    const { path } = await archive();
    const options = [
      '--folder',
      join(folder, 'c'),
      '--profile',
      'world-news',
      '--window',
      '1h',
      '--input',
      path,
    ];
    const boards: string[][] = [];
    for (let round = 0; round < 2; round += 1) {
      const child = run(...options);
      const url = await opened(child);
      const page = await (await fetch(url)).text();
      boards.push([...page.matchAll(/work_items\/(\d+)/g)].map(([, iid]) => iid ?? '').sort());
      child.kill('SIGTERM');
      expect((await ended(child)).status).toBe(0);
    }
    expect(boards[0]?.length).toBeGreaterThan(0);
    expect(boards[1]).toEqual(boards[0]);
  });

  it('names what is wrong with its options and files', async () => {
    const { path } = await archive();
    const unknown = run(
      '--once',
      '--folder',
      join(folder, 'd'),
      '--profile',
      'sports',
      '--input',
      path,
    );
    expect((await ended(unknown)).status).toBe(1);
    expect(unknown.out()).toMatch(
      /PROFILE_UNKNOWN: There is no profile called "sports".*crypto, world-news/s,
    );
    const missing = run(
      '--once',
      '--folder',
      join(folder, 'e'),
      '--input',
      join(folder, 'nothing.ndjson'),
    );
    expect((await ended(missing)).status).toBe(1);
    expect(missing.out()).toMatch(/INPUT_UNREADABLE/);
    const wrong = run('--window', 'soon');
    expect((await ended(wrong)).status).toBe(1);
    expect(wrong.out()).toMatch(/30s, 15m or 2h/);
  });
});

/** Address of the desk, once it is open. */
async function opened(child: ReturnType<typeof run>): Promise<string> {
  for (;;) {
    const url = /The desk is open: (\S+)/.exec(child.out())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(child.out());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
