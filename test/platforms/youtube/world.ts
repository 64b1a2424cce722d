import { youtube } from '../../../lib/platforms/youtube/index.ts';
import { nextReset } from '../../../lib/platforms/youtube/reset.ts';
import type { Media } from '../../../lib/platforms/platform.ts';
import type { World } from '../world.ts';
import { errorOf } from './refuse.ts';
import { startYouTube, type YouTube } from './server.ts';
import { token, us } from './state.ts';

/** Nothing looks into it: the stand-in only counts its bytes. */
export const clip: Media = {
  bytes: Buffer.from('a few bytes that stand for a video'),
  type: 'video/mp4',
  alt: '',
  name: 'clip.mp4',
  seconds: 12,
};

/** A channel on a stand-in. */
export async function youtubeWorld(): Promise<World & { server: YouTube }> {
  const server = await startYouTube();
  const { state } = server;
  const credentials = { YOUTUBE_API: server.url, YOUTUBE_ACCESS_TOKEN: token };
  return {
    server,
    platform: youtube,
    credentials,
    token: () => token,
    connect: () =>
      youtube.connect(
        { name: 'main', platform: 'youtube' },
        { fetch, now: () => state.now(), credentials },
      ),
    posts() {
      const videos = [...state.videos.values()].filter(({ channelId }) => channelId === us);
      const comments = [...state.comments.values()].filter(({ author }) => author === us);
      return Promise.resolve(
        [
          ...videos.map(({ id, at, snippet }) => ({ id, at, text: String(snippet.description) })),
          ...comments.map(({ id, at, text, parentId, videoId }) => ({
            id,
            at,
            text,
            parent: parentId ?? videoId,
          })),
        ]
          .toSorted((a, b) => a.at - b.at)
          .map(({ at: _, ...post }) => ({ alt: [], ...post })),
      );
    },
    proxy: server.proxy,
    problems: () => server.problems,
    // Small videos go in one piece; what asks how far it has come looks the same from outside.
    acts: (path, method) =>
      (method === 'PUT' && path.includes('upload_id=')) ||
      (method === 'POST' && path.startsWith('/youtube/v3/comment')),
    limited: () => ({
      status: 403,
      body: errorOf(
        403,
        'quotaExceeded',
        'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
      ),
      until: nextReset(state.now()),
    }),
    refused: () => ({ status: 401, body: errorOf(401, 'authError', 'Invalid Credentials') }),
    image: clip,
    missing: 'absent',
    forget: () => state.pass(8 * 86_400_000),
    close: () => server.close(),
  };
}
