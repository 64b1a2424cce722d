import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readArchive, readLines } from '../../lib/ingest/archive.ts';
import { replay } from '../../lib/trend/replay.ts';
import { shared } from '../shared.ts';

const runs = 3;
const titles = () => shared('data/trends/reddit_titles_2012H2.ndjson.gz');

/** Reads every line and parses it, nothing else. */
async function parseOnly(): Promise<number> {
  let posts = 0;
  for await (const { lines } of readLines(titles()))
    for (const line of lines) if (line && JSON.parse(line)) posts += 1;
  return posts;
}

async function replayAll(): Promise<number> {
  return (await replay(readArchive(titles()))).counts.signals;
}

interface Measured {
  posts: number;
  /** Of all of the process's threads together, the collector's and the unzipping one's too. */
  cpu: number;
  wall: number;
  rss: number;
}

/**
 * Replaying 591,736 titles into trends on one thread against the same reader with JSON.parse only. Each run is a process
 * of its own, in turns; the best of three counts. `ratio` is that of the processor time, because whatever else runs on the
 * machine would lengthen the longer run more.
 */
export async function bench() {
  const best: Record<string, Measured> = {};
  for (let run = 0; run < runs; run++)
    for (const what of ['parse', 'replay'] as const) {
      const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, what]);
      const found = JSON.parse(stdout) as Measured;
      if (found.cpu < (best[what]?.cpu ?? Infinity)) best[what] = found;
    }
  const [parse, whole] = [best.parse!, best.replay!];
  const speed = ({ posts, cpu }: Measured) => Math.round(posts / cpu).toLocaleString('en');
  return [
    {
      name: 'replaying titles into trends against parsing them',
      ratio: parse.cpu / whole.cpu,
      aim: 0.15,
      details:
        `${whole.posts.toLocaleString('en')} titles, ${speed(whole)} a second against ` +
        `${speed(parse)} (${whole.wall.toFixed(1)} s on the clock against ${parse.wall.toFixed(1)} s); peak memory ${Math.round(whole.rss)} MB against ${Math.round(parse.rss)} MB`,
    },
  ];
}

if (import.meta.main) {
  const start = performance.now();
  const before = process.cpuUsage();
  const posts = await (process.argv[2] === 'parse' ? parseOnly() : replayAll());
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ posts, cpu: (user + system) / 1e6, wall, rss } satisfies Measured));
}
