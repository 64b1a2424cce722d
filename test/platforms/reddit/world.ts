import markdownIt from 'markdown-it';
import { decodeEntities } from '../../../lib/platforms/plain.ts';
import { reddit } from '../../../lib/platforms/reddit/index.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { type RedditServer, startReddit, token } from './server.ts';
import { me } from './state.ts';

const markdown = markdownIt({ html: false, linkify: false });

/** What people read of Markdown, by a reader of all of CommonMark. */
export function readAs(text: string): string {
  const html = markdown.render(text).trim();
  return decodeEntities(
    html
      .replace(/<br>\n?/g, '\n')
      .replace(/<\/p>\n<p>/g, '\n\n')
      .replace(/<[^>]+>/g, ''),
  );
}

/** An account on a stand-in for Reddit. */
export async function redditWorld(): Promise<World & { server: RedditServer }> {
  const server = await startReddit();
  const credentials = { REDDIT_API: server.url, REDDIT_ACCESS_TOKEN: token };
  const settings = { subreddit: 'socialpulse' };
  const { state } = server;
  return {
    platform: reddit,
    server,
    settings,
    credentials,
    token: () => token,
    connect: () =>
      reddit.connect(
        { name: 'main', platform: 'reddit', ...settings },
        { fetch, now: Date.now, credentials },
      ),
    posts: () =>
      Promise.resolve(
        state.things
          .filter(({ author }) => author === me)
          .map(({ name, text, parent }) => ({
            id: name,
            text: readAs(text),
            alt: [],
            ...(parent !== undefined && { parent }),
          })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) =>
      method === 'POST' && /^\/api\/(submit|submit_gallery_post\.json|comment)\b/.test(path),
    limited: () => ({
      status: 429,
      headers: {
        'x-ratelimit-used': '600',
        'x-ratelimit-remaining': '0.0',
        'x-ratelimit-reset': '372.5',
      },
      body: { message: 'Too Many Requests', error: 429 },
      until: Date.now() + 372_500,
    }),
    refused: () => ({ status: 401, body: { message: 'Unauthorized', error: 401 } }),
    image,
    missing: 'unknown',
    close: () => server.close(),
  };
}
