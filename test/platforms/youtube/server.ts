import { type Context, Hono } from 'hono';
import { type Host, startHost } from '../host.ts';
import { discoveryCheck } from './check.ts';
import { discuss } from './discussion.ts';
import { refuse } from './refuse.ts';
import { videoShown } from './shown.ts';
import { createState, type State, token, uploadsList, us, type Video } from './state.ts';
import { takeUploads } from './uploads.ts';

export interface YouTube extends Host {
  state: State;
}

/** One page of a list; the token of the next is where it begins. */
export function pageOf(context: Context, kind: string, all: readonly unknown[]) {
  const { pageToken = '0', maxResults = '5' } = context.req.query();
  const end = Number(pageToken) + Number(maxResults);
  return context.json({
    kind: `youtube#${kind}ListResponse`,
    pageInfo: { totalResults: all.length, resultsPerPage: Number(maxResults) },
    ...(end < all.length && { nextPageToken: String(end) }),
    items: all.slice(Number(pageToken), end),
  });
}

/** YouTube for one channel. */
export async function startYouTube(): Promise<YouTube> {
  const state = createState();
  const app = new Hono();
  const newest = (of: (video: Video) => boolean) =>
    [...state.videos.values()].filter(of).toSorted((a, b) => b.at - a.at);
  app.use(async (context, next) =>
    context.req.header('authorization') === `Bearer ${token}`
      ? next()
      : refuse(context, 401, 'authError', 'Invalid Credentials'),
  );
  takeUploads(app, state);
  discuss(app, state);

  app.get('/youtube/v3/channels', (context) => {
    const { mine, forHandle, id } = context.req.query();
    const known = mine === 'true' || forHandle === '@thedesk' || id === us;
    const item = {
      kind: 'youtube#channel',
      id: us,
      snippet: { title: 'The Desk', customUrl: '@thedesk' },
      contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsList } },
    };
    return pageOf(context, 'channel', known ? [item] : []);
  });
  app.get('/youtube/v3/playlistItems', (context) => {
    if (context.req.query('playlistId') !== uploadsList)
      return refuse(context, 404, 'playlistNotFound', 'The playlist cannot be found.');
    const items = newest(({ channelId }) => channelId === us).map((video) => {
      const { snippet } = videoShown(video);
      const resourceId = { kind: 'youtube#video', videoId: video.id };
      return {
        kind: 'youtube#playlistItem',
        id: `P${video.id}`,
        snippet: { ...snippet, resourceId },
      };
    });
    return pageOf(context, 'playlistItem', items);
  });
  app.get('/youtube/v3/videos', (context) => {
    const ids = context.req.queries('id');
    if (ids && context.req.query('maxResults') !== undefined)
      return refuse(context, 400, 'invalidParameter', 'maxResults cannot be used with id');
    const found = newest(({ id, status }) =>
      ids ? ids.includes(id) : status.privacyStatus === 'public',
    );
    if (ids) return context.json({ items: found.map(videoShown) });
    return pageOf(context, 'video', found.map(videoShown));
  });
  app.get('/youtube/v3/search', (context) => {
    const { q = '', publishedAfter = '', type, order } = context.req.query();
    if (type !== 'video' || order !== 'date')
      return refuse(context, 400, 'invalidParameter', 'not what we ask for');
    const found = newest(
      ({ snippet, at }) =>
        `${String(snippet.title)} ${String(snippet.description)}`.includes(q) &&
        at >= Date.parse(publishedAfter),
    );
    const items = found.map(({ id }) => ({
      kind: 'youtube#searchResult',
      id: { kind: 'youtube#video', videoId: id },
    }));
    return pageOf(context, 'search', items);
  });
  app.put('/youtube/v3/videos', async (context) => {
    const { id = '', snippet = {} } = await context.req.json<Partial<Video>>();
    const video = state.videos.get(id);
    if (!video) return refuse(context, 404, 'videoNotFound', 'The video cannot be found.');
    // What is not said again is gone.
    if (snippet.title === undefined || snippet.categoryId === undefined)
      return refuse(context, 400, 'invalidVideoMetadata', 'Title and category are needed');
    video.snippet = snippet;
    return context.json(videoShown(video));
  });
  app.delete('/youtube/v3/videos', (context) =>
    state.videos.delete(context.req.query('id') ?? '')
      ? context.body(null, 204)
      : refuse(context, 404, 'videoNotFound', 'The video cannot be found.'),
  );
  const host = await startHost(app, discoveryCheck());
  return Object.assign(host, { state });
}
