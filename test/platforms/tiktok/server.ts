import { type Context, Hono } from 'hono';
import { type Host, startHost } from '../host.ts';
import { tiktokCheck } from './check.ts';
import { example } from './fixture.ts';
import { takePosts } from './posting.ts';
import { createState, type State, token, username } from './state.ts';

export interface TikTok extends Host {
  state: State;
}

type Status = 400 | 401 | 403 | 404 | 429;

const { error: fine } = example('video_init').answer;

/** Success as TikTok says it: by the code, not by the status. Numbers that are too large are written as they are. */
export function ok(context: Context, data: object) {
  const text = JSON.stringify({ data, error: fine }).replace(/"bigint:(\d+)"/g, '$1');
  return context.body(text, 200, { 'content-type': 'application/json; charset=utf-8' });
}

/** A refusal in TikTok's shape. */
export const errorOf = (code: string, message = `It is ${code}.`) => ({
  data: {},
  error: { ...fine, code, message },
});
export const refuse = (
  context: Pick<Context, 'json'>,
  status: Status,
  code: string,
  message?: string,
) => context.json(errorOf(code, message), status);

/** TikTok for one account. */
export async function startTikTok(): Promise<TikTok> {
  const state = createState();
  const app = new Hono();
  app.use('/v2/*', async (context, next) => {
    if (context.req.header('authorization') !== `Bearer ${token}`)
      return refuse(context, 401, 'access_token_invalid', 'The access token is invalid.');
    const type = context.req.header('content-type') ?? '';
    if (context.req.method === 'POST' && !/^application\/json; charset=UTF-8$/i.test(type))
      return refuse(context, 400, 'invalid_param', 'Content-Type');
    return next();
  });
  takePosts(app, state);

  app.post('/v2/post/publish/creator_info/query/', (context) =>
    ok(context, {
      creator_avatar_url: 'https://example.com/a.webp',
      creator_username: username,
      creator_nickname: 'The Desk',
      privacy_level_options: state.options,
      comment_disabled: state.commentDisabled,
      duet_disabled: false,
      stitch_disabled: true,
      max_video_post_duration_sec: state.longest,
    }),
  );
  app.get('/v2/user/info/', (context) =>
    context.req.query('fields') === undefined
      ? refuse(context, 400, 'invalid_param', 'fields')
      : ok(context, { user: { open_id: '723f24d7-e717-40f8-a2b6-cb8464cd23b4' } }),
  );
  const shown = (context: Context, ids?: readonly string[]) => {
    const fields = (context.req.query('fields') ?? '').split(',');
    return [...state.posts.values()]
      .filter((post) => post.out && post.privacy === 'PUBLIC_TO_EVERYONE')
      .filter(({ id }) => ids?.includes(id) ?? true)
      .toSorted((a, b) => b.at - a.at)
      .map(({ id, text, at }) => {
        const all: Record<string, unknown> = {
          id,
          video_description: text,
          create_time: Math.floor(at / 1000),
          share_url: `https://www.tiktok.com/@${username}/video/${id}`,
          like_count: 7,
          comment_count: 2,
          share_count: 1,
          view_count: 120,
        };
        return Object.fromEntries(fields.map((field) => [field, all[field]]));
      });
  };
  app.post('/v2/video/list/', async (context) => {
    if (!state.lists) return refuse(context, 401, 'scope_not_authorized');
    const body = await context.req.json<{ cursor?: number; max_count?: number }>();
    const { cursor = 0, max_count: count = 10 } = body;
    if (count > 20) return refuse(context, 400, 'invalid_param', 'max_count');
    const all = shown(context);
    const end = cursor + count;
    const videos = all.slice(cursor, end);
    return ok(context, { videos, cursor: end, has_more: end < all.length });
  });
  app.post('/v2/video/query/', async (context) => {
    const { filters } = await context.req.json<{ filters?: { video_ids?: string[] } }>();
    const ids = filters?.video_ids ?? [];
    if (ids.length === 0 || ids.length > 20)
      return refuse(context, 400, 'invalid_param', 'filters');
    return ok(context, { videos: shown(context, ids) });
  });
  const host = await startHost(app, tiktokCheck());
  return Object.assign(host, { state });
}
