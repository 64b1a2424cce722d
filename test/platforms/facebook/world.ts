import { facebook } from '../../../lib/platforms/facebook/index.ts';
import { overLimit, tokenRefused } from '../graph.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { type Facebook, startFacebook } from './server.ts';
import { page } from './things.ts';

/** A Facebook Page on a stand-in. */
export async function facebookWorld(): Promise<World & { server: Facebook }> {
  const server = await startFacebook();
  const credentials = { FACEBOOK_API: server.url, FACEBOOK_ACCESS_TOKEN: server.token };
  return {
    server,
    platform: facebook,
    settings: { page },
    credentials,
    connect: () =>
      facebook.connect(
        { name: 'main', platform: 'facebook', page },
        { fetch, now: Date.now, credentials },
      ),
    posts: () =>
      Promise.resolve(
        [...server.things.values()]
          .filter(({ kind, published, by }) => kind !== 'photo' && published && by === page)
          .toSorted((a, b) => a.at - b.at)
          .map(({ id, message, alt, parent }) => ({
            id,
            text: message,
            alt,
            ...(parent !== undefined && { parent }),
          })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) => method === 'POST' && /\/v[\d.]+\/(\d+|\d+_\d+)$|\/comments$/.test(path),
    limited: () => overLimit(7),
    refused: tokenRefused,
    image,
    missing: 'absent',
    close: () => server.close(),
  };
}
