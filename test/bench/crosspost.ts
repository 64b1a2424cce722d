import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Network, Order, Report } from './crosspost-client.ts';
import { countTable } from './crosspost-counts.ts';
import { deliveries } from './crosspost-deliveries.ts';
import type { Counted, Servers } from './crosspost-servers.ts';
import { median, type Result, short } from './result.ts';

const top = resolve(import.meta.dirname, '../..');
const starts = 7;
/** Posts a round, how many at once, and how many rounds: each network takes its own time over one. */
const orders: readonly (Order & { rounds: number })[] = [
  { network: 'mastodon', posts: 600, side: 8, rounds: 7 },
  { network: 'bluesky', posts: 60, side: 4, rounds: 3 },
];
const both = ['ours', 'crosspost'] as const;
type Who = (typeof both)[number];

/**
 * What publishes, against @humanwhocodes/crosspost: the adapters alone against its client, on the same servers in one
 * run, taking turns; apart from that, whole deliveries with claim and receipt over a git repository.
 */
export async function bench(): Promise<Result[]> {
  const cache = mkdtempSync(join(tmpdir(), 'pulse-bench-'));
  const children: ChildProcess[] = [];
  const start = (file: string, env: Record<string, string>) => {
    const child = spawn(process.execPath, [join(top, 'test/bench', file)], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: cache, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    return child;
  };
  try {
    const host = start('crosspost-servers.ts', {
      SOCIALPULSE_SHARED: process.env.SOCIALPULSE_SHARED ?? '../shared',
    });
    const servers = await said<Servers>(host);
    const client = (who: Who) =>
      start('crosspost-client.ts', { BENCH: JSON.stringify({ who, servers }) });
    const counted = async () => {
      host.send('count');
      return said<Counted>(host);
    };
    console.error(countTable(await import('@humanwhocodes/crosspost')));
    return [
      ...(await rates(client, counted)),
      ...(await beginnings(client)),
      ...(await deliveries(servers)),
    ];
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    rmSync(cache, { recursive: true, force: true });
  }
}

async function rates(
  client: (who: Who) => ChildProcess,
  counted: () => Promise<Counted>,
): Promise<Result[]> {
  const children = new Map(both.map((who) => [who, client(who)]));
  const rss = new Map<Who, number>();
  for (const child of children.values()) await said<Report>(child);
  const results: Result[] = [];
  for (const order of orders) {
    const seconds: Record<Who, number[]> = { ours: [], crosspost: [] };
    const logins: Record<Who, number> = { ours: 0, crosspost: 0 };
    // The first round warms up and does not count.
    for (let round = 0; round <= order.rounds; round++)
      // Each goes first as often as the other.
      for (const who of round % 2 === 0 ? both : both.toReversed()) {
        await counted();
        children.get(who)!.send(order);
        const report = await said<Report>(children.get(who)!);
        const { logins: times, posts } = await counted();
        if (posts !== order.posts) throw new Error(`${who} made ${String(posts)} posts`);
        rss.set(who, Math.max(rss.get(who) ?? 0, report.rss));
        if (round === 0) continue;
        seconds[who].push(report.ms / 1000);
        logins[who] += times;
      }
    results.push(compare(order, seconds, logins));
  }
  const [mine, other] = both.map((who) => (rss.get(who) ?? 0) / 2 ** 20);
  results.push({
    name: 'memory',
    ratio: (mine ?? 0) / (other ?? 1),
    aim: 2,
    want: 'at most',
    details: `${short(mine ?? 0)} MiB after all posts, crosspost ${short(other ?? 0)} MiB`,
  });
  return results;
}

const titles: Readonly<Record<Network, string>> = { mastodon: 'Mastodon', bluesky: 'Bluesky' };

function compare(
  { network, posts, side, rounds }: Order & { rounds: number },
  seconds: Record<Who, number[]>,
  logins: Record<Who, number>,
): Result {
  const rate = (who: Who) => posts / median(seconds[who]);
  const each = (who: Who) => short(logins[who] / (posts * rounds));
  return {
    name: `posts a second, ${titles[network]}`,
    ratio: rate('ours') / rate('crosspost'),
    aim: 1,
    details: `adapter alone ${short(rate('ours'))}, crosspost ${short(rate('crosspost'))}, ${String(side)} at once; logins a post ${each('ours')} and ${each('crosspost')}`,
  };
}

/** From `spawn` until a first post stands on both networks. */
async function beginnings(client: (who: Who) => ChildProcess): Promise<Result[]> {
  const took: Record<Who, number[]> = { ours: [], crosspost: [] };
  // The first two fill the compile cache.
  for (let time = 0; time < starts + 2; time++)
    for (const who of both) {
      const began = performance.now();
      const child = client(who);
      await said<Report>(child);
      if (time >= 2) took[who].push(performance.now() - began);
      child.disconnect();
      await once(child, 'exit');
    }
  const [mine, other] = both.map((who) => median(took[who]));
  return [
    {
      name: 'start to first posts',
      ratio: (mine ?? 0) / (other ?? 1),
      // The official SDK of Bluesky is most of it: its lexicons are read at every start.
      aim: 2.5,
      want: 'at most',
      details: `${short(mine ?? 0)} ms from spawn to a post on each network, crosspost ${short(other ?? 0)} ms, ${String(starts)} times each`,
    },
  ];
}

/** The next thing a child says. */
async function said<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${String(code)}`);
  });
  try {
    const message = once(child, 'message', { signal: ended.signal });
    const [value] = (await Promise.race([message, exit])) as [T];
    return value;
  } finally {
    ended.abort();
    exit.catch(() => undefined);
  }
}
