import { instagram } from '../../../lib/platforms/instagram/index.ts';
import { overLimit, startFiles, tokenRefused } from '../graph.ts';
import type { World } from '../world.ts';
import { type Instagram, startInstagram } from './server.ts';
import { user } from './things.ts';

/** An Instagram account on a stand-in, which fetches files from where they are. */
export async function instagramWorld(): Promise<World & { server: Instagram; files: string }> {
  const server = await startInstagram();
  const files = await startFiles();
  const credentials = { INSTAGRAM_API: server.url, INSTAGRAM_ACCESS_TOKEN: server.token };
  return {
    server,
    files: files.url,
    platform: instagram,
    settings: { user },
    credentials,
    token: () => server.token,
    connect: () =>
      instagram.connect(
        { name: 'main', platform: 'instagram', user },
        { fetch, now: Date.now, credentials },
      ),
    posts: () =>
      Promise.resolve(
        [...server.things.values()]
          .filter(({ kind, by }) => kind !== 'container' && by === 'desk')
          .map(({ id, text, alt, parent }) => ({
            id,
            text,
            alt,
            ...(parent !== undefined && { parent }),
          })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) => method === 'POST' && /\/(media_publish|comments)$/.test(path),
    limited: () => overLimit(7),
    refused: tokenRefused,
    image: files.image,
    missing: 'absent',
    forget: () => server.pass(3 * 86_400_000),
    async close() {
      await server.close();
      await files.close();
    },
  };
}
