import { x } from '../../../lib/platforms/x/index.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { recorded } from './fixture.ts';
import { keys, startX, type XServer } from './server.ts';

/** An account on a stand-in for X. */
export async function xWorld(): Promise<World & { server: XServer }> {
  const server = await startX();
  const credentials = { X_API: server.url, X_BEARER_TOKEN: keys.app, X_ACCESS_TOKEN: keys.user };
  const { state } = server;
  return {
    platform: x,
    server,
    credentials,
    token: () => keys.user,
    connect: () =>
      x.connect({ name: 'main', platform: 'x' }, { fetch, now: Date.now, credentials }),
    posts: () =>
      Promise.resolve(
        state.posts
          .filter(({ author }) => author === state.me.id)
          .map(({ id, text, media, parent }) => ({
            id,
            text,
            alt: media.map((each) => state.files.get(each)?.alt ?? ''),
            ...(parent !== undefined && { parent }),
          })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) => method === 'POST' && path === '/2/tweets',
    limited() {
      const reset = Math.ceil(Date.now() / 1000) + 600;
      const { status, body } = recorded('error_429');
      const headers = {
        'x-rate-limit-limit': '100',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': String(reset),
      };
      return { status, headers, body, until: reset * 1000 };
    },
    refused: () => recorded('pg_error_401'),
    image,
    missing: 'unknown',
    close: () => server.close(),
  };
}
