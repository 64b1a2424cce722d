import { tiktok } from '../../../lib/platforms/tiktok/index.ts';
import type { Media } from '../../../lib/platforms/platform.ts';
import type { World } from '../world.ts';
import { errorOf, startTikTok, type TikTok } from './server.ts';
import { token } from './state.ts';

/** Nothing looks into it: the stand-in only counts its bytes. */
export const clip: Media = {
  bytes: Buffer.from('a few bytes that stand for a video'),
  type: 'video/mp4',
  alt: '',
  name: 'clip.mp4',
  seconds: 12,
};

/** An account on a stand-in. */
export async function tiktokWorld(): Promise<World & { server: TikTok }> {
  const server = await startTikTok();
  const { state } = server;
  const credentials = { TIKTOK_API: server.url, TIKTOK_ACCESS_TOKEN: token };
  const settings = { privacy: 'PUBLIC_TO_EVERYONE' };
  return {
    server,
    platform: tiktok,
    settings,
    credentials,
    token: () => token,
    connect: () =>
      tiktok.connect(
        { name: 'main', platform: 'tiktok', ...settings },
        { fetch, now: () => state.now(), credentials },
      ),
    posts: () =>
      Promise.resolve(
        [...state.posts.values()]
          .filter(({ out }) => out)
          .map(({ id, text }) => ({ id, text, alt: [] })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    // Small videos go in one piece, and what has come whole is shown.
    acts: (path, method) => method === 'PUT' && path.startsWith('/video/'),
    limited: () => ({
      status: 429,
      body: errorOf('rate_limit_exceeded', 'The API rate limit was exceeded.'),
      until: state.now() + 60_000,
    }),
    refused: () => ({ status: 401, body: errorOf('access_token_invalid') }),
    image: clip,
    missing: 'absent',
    close: () => server.close(),
  };
}
