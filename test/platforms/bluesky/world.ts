import { bluesky } from '../../../lib/platforms/bluesky/index.ts';
import type { Surroundings } from '../../../lib/platforms/platform.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { checkedFetch } from './check.ts';
import { type BlueskyServer, startBluesky } from './pds.ts';

interface Record {
  text: string;
  createdAt: string;
  embed?: { images?: { alt: string }[]; alt?: string };
  reply?: { parent: { uri: string } };
}

export interface BlueskyWorld extends World {
  server: BlueskyServer;
  account: { did: string; handle: string; password: string };
  /** A connection with more around it, e.g. a cache. */
  connectWith(more: Partial<Surroundings>): ReturnType<World['connect']>;
}

/** An account on a real Bluesky server. */
export async function blueskyWorld(): Promise<BlueskyWorld> {
  const server = await startBluesky();
  const account = await server.account('alice');
  const problems: string[] = [];
  const checked = checkedFetch(problems);
  const kept = new Map<string, string>();
  const cache: NonNullable<Surroundings['cache']> = {
    get: (key) => kept.get(key),
    set: (key, value) => void kept.set(key, value),
  };
  const author = { did: account.did, handle: account.handle };
  server.appView.show(async () =>
    (await server.posts(account.did)).toReversed().map(({ uri, cid, value }) => {
      const { createdAt } = value as unknown as Record;
      const counts = { likeCount: 3, repostCount: 2, replyCount: 1, quoteCount: 0 };
      return { uri, cid, author, record: value, indexedAt: createdAt, ...counts };
    }),
  );
  const credentials = {
    BLUESKY_SERVICE: server.url,
    BLUESKY_IDENTIFIER: account.handle,
    BLUESKY_PASSWORD: account.password,
  };
  const connectWith = (more: Partial<Surroundings>) =>
    bluesky.connect(
      { name: 'main', platform: 'bluesky' },
      { fetch: checked, now: Date.now, credentials, ...more },
    );
  return {
    server,
    account,
    platform: bluesky,
    credentials,
    connectWith,
    // Connections share a session, as processes of a desk do.
    connect: () => connectWith({ cache }),
    async posts() {
      return (await server.posts(account.did)).map(({ uri, value }) => {
        const { text, embed, reply } = value as unknown as Record;
        const alt = embed?.images?.map((each) => each.alt) ?? (embed?.alt ? [embed.alt] : []);
        return { id: uri, text, alt, ...(reply && { parent: reply.parent.uri }) };
      });
    },
    proxy: server.proxy,
    problems: () => problems,
    acts: (path) => path.endsWith('com.atproto.repo.putRecord'),
    limited() {
      const until = Math.ceil(Date.now() / 1000) * 1000 + 120_000;
      const headers = {
        'ratelimit-limit': '30',
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(until / 1000),
        'ratelimit-policy': '30;w=300',
      };
      const body = { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' };
      return { status: 429, headers, body, until };
    },
    refused: () => ({
      status: 401,
      body: { error: 'AuthenticationRequired', message: 'Invalid identifier or password' },
    }),
    image,
    missing: 'absent',
    close: () => server.close(),
  };
}
