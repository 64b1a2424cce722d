import { mastodon } from '../../../lib/platforms/mastodon/index.ts';
import { textOf } from '../../../lib/platforms/mastodon/status.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { type MastodonServer, startMastodon } from './server.ts';

export interface MastodonWorld extends World {
  server: MastodonServer;
}

/** An account on a stand-in of an instance. */
export async function mastodonWorld(): Promise<MastodonWorld> {
  const server = await startMastodon();
  const { state } = server;
  const credentials = { MASTODON_SERVER: server.url, MASTODON_ACCESS_TOKEN: state.token };
  const settings = { visibility: 'public' };
  return {
    server,
    platform: mastodon,
    settings,
    credentials,
    connect: () =>
      mastodon.connect(
        { name: 'main', platform: 'mastodon', ...settings },
        { fetch, now: () => state.now(), credentials },
      ),
    posts: () =>
      Promise.resolve(
        state.statuses.map(({ id, content, media_attachments: files, in_reply_to_id: parent }) => ({
          id,
          text: textOf(content),
          alt: files.map(({ description }) => description ?? ''),
          ...(parent !== null && { parent }),
        })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) => method === 'POST' && path === '/api/v1/statuses',
    limited() {
      const until = Math.ceil(Date.now() / 1000) * 1000 + 120_000;
      return {
        status: 429,
        headers: {
          'x-ratelimit-limit': '300',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': new Date(until).toISOString(),
        },
        body: { error: 'Too many requests' },
        until,
      };
    },
    refused: () => ({ status: 401, body: { error: 'The access token is invalid' } }),
    image,
    missing: 'absent',
    forget: () => server.later(3_600_001),
    close: () => server.close(),
  };
}
