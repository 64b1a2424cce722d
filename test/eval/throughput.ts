import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beThrifty } from '../../jobs/thrifty.ts';
import { readArchive, readLines } from '../../lib/ingest/archive.ts';
import { replay } from '../../lib/trend/replay.ts';
import type { Kind } from './kind.ts';

const runs = 3;

/** One run of one of the two, in a process of its own. */
export interface Run {
  posts: number;
  /** Seconds on the clock, and of the processor: all threads, those that unzip and collect garbage too. */
  wall: number;
  cpu: number;
  /** Most memory the process had, MB (10^6 bytes). */
  peak: number;
}

/** Reads and parses every line, nothing else. */
async function parseOnly(path: string): Promise<number> {
  let posts = 0;
  for await (const { lines } of readLines(path))
    for (const line of lines) if (line && JSON.parse(line)) posts += 1;
  return posts;
}

/** The whole way from the file to trends, as a job goes it: read, parse, normalise, leave out copies, count, judge every hour. */
async function replayAll(path: string): Promise<number> {
  beThrifty();
  return (await replay(readArchive(path))).counts.signals;
}

/**
 * Replaying the posts of a file into trends, and parsing them alone, by the same reader in turns; of three runs each the
 * one with the least processor time.
 */
export async function compare(path: string): Promise<{ parse: Run; whole: Run }> {
  const best: { parse?: Run; whole?: Run } = {};
  for (let run = 0; run < runs; run++)
    for (const what of ['parse', 'whole'] as const) {
      const args = [import.meta.filename, what, path];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const found = JSON.parse(stdout) as Run;
      if (found.cpu < (best[what]?.cpu ?? Infinity)) best[what] = found;
    }
  const { parse, whole } = best;
  if (!parse || !whole) throw new Error('nothing was run');
  return { parse, whole };
}

export const kind: Kind = {
  what: 'posts a second from file to trends against JSON.parse alone, and peak memory',
  needs: ['posts'],
  async evaluate({ posts: path = '' }) {
    const { parse, whole } = await compare(path);
    const line = (name: string, { posts, wall, cpu, peak }: Run) =>
      `${name.padEnd(16)} ${posts} posts, ${cpu.toFixed(2)} s of the processor, ${wall.toFixed(2)} s on the clock, ${Math.round(peak)} MB`;
    return {
      lines: [
        line('JSON.parse alone', parse),
        line('into trends', whole),
        `ratio on the clock ${(parse.wall / whole.wall).toFixed(3)}`,
      ],
      metrics: {
        ratio: parse.cpu / whole.cpu,
        posts_per_second: Math.round(whole.posts / whole.cpu),
        peak_mb: whole.peak,
      },
    };
  },
};

if (import.meta.main) {
  const [, , what, path = ''] = process.argv;
  const start = performance.now();
  const before = process.cpuUsage();
  const posts = await (what === 'parse' ? parseOnly(path) : replayAll(path));
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(JSON.stringify({ posts, wall, cpu: (user + system) / 1e6, peak } satisfies Run));
}
