// One of the two that are compared, in a process of its own: makes a first post on each network, says so, and makes
// more when it is told to.
import { randomBytes } from 'node:crypto';
import type { Connection, Outgoing, Platform } from '../../lib/platforms/platform.ts';
import type { Servers } from './crosspost-servers.ts';

export type Network = 'mastodon' | 'bluesky';
export interface Order {
  network: Network;
  posts: number;
  /** How many at once. */
  side: number;
}
export interface Report {
  ms: number;
  /** Resident memory, bytes. */
  rss: number;
}

type Post = (network: Network, text: string) => Promise<unknown>;

const { who, servers } = JSON.parse(process.env.BENCH ?? '{}') as {
  who: 'ours' | 'crosspost';
  servers: Servers;
};
const post = who === 'ours' ? await ours(servers) : await crosspost(servers);
await Promise.all([post('mastodon', 'Up.'), post('bluesky', 'Up.')]);

process.on('message', (order: Order) => void work(order));
process.once('disconnect', () => process.exit());
process.send?.({ ms: 0, rss: process.memoryUsage.rss() } satisfies Report);

async function work({ network, posts, side }: Order): Promise<void> {
  let left = posts;
  const began = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await post(
        network,
        `A post of the usual length with #tags and https://example.com/${String(left)}, that is all.`,
      );
    }
  };
  await Promise.all(Array.from({ length: side }, worker));
  const report: Report = { ms: performance.now() - began, rss: process.memoryUsage.rss() };
  process.send?.(report);
}

async function ours({ mastodon, bluesky }: Servers): Promise<Post> {
  const platforms: Record<Network, Platform> = {
    mastodon: (await import('../../lib/platforms/mastodon/index.ts')).mastodon,
    bluesky: (await import('../../lib/platforms/bluesky/index.ts')).bluesky,
  };
  const credentials = {
    MASTODON_SERVER: mastodon.url,
    MASTODON_ACCESS_TOKEN: mastodon.token,
    BLUESKY_SERVICE: bluesky.url,
    BLUESKY_IDENTIFIER: bluesky.handle,
    BLUESKY_PASSWORD: bluesky.password,
  };
  const connections = new Map<Network, Connection>();
  for (const network of ['mastodon', 'bluesky'] as const) {
    const around = { fetch, now: Date.now, credentials };
    const account = { name: 'bench', platform: network };
    connections.set(network, await platforms[network].connect(account, around));
  }
  return (network, text) => {
    const outgoing: Outgoing = {
      delivery: randomBytes(6).toString('hex'),
      parts: [{ text, media: [] }],
    };
    const handles = platforms[network].handles?.(outgoing, Date.now(), randomBytes(8), []) ?? [];
    const deadline = { signal: new AbortController().signal, check: () => undefined };
    const attempt = { handles, sent: [], deadline, keep: () => Promise.resolve() };
    return connections.get(network)!.publish!(outgoing, 0, attempt);
  };
}

async function crosspost({ mastodon, bluesky }: Servers): Promise<Post> {
  // It knows no scheme but https and no option for another.
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    real(String(input instanceof Request ? input.url : input).replace(/^https:/, 'http:'), init);
  const { BlueskyStrategy, Client, MastodonStrategy } = await import('@humanwhocodes/crosspost');
  const hostOf = (url: string) => new URL(url).host;
  const clients = {
    mastodon: new Client({
      strategies: [
        new MastodonStrategy({ accessToken: mastodon.token, host: hostOf(mastodon.url) }),
      ],
    }),
    bluesky: new Client({
      strategies: [
        new BlueskyStrategy({
          identifier: bluesky.handle,
          password: bluesky.password,
          host: hostOf(bluesky.url),
        }),
      ],
    }),
  };
  return async (network, text) => {
    const [answer] = await clients[network].post(text);
    if (answer?.ok !== true)
      throw new Error('crosspost failed', { cause: answer && 'reason' in answer && answer.reason });
  };
}
