import { Hono } from 'hono';
import { type Check, type Host, startHost } from '../host.ts';
import { mastodonCheck } from './check.ts';
import { bodyOf } from './fixture.ts';
import { addPosting } from './posting.ts';
import { createState, type Media, type State, type Status } from './state.ts';

export interface MastodonServer extends Host {
  state: State;
  /** Moves its clock. */
  later(ms: number): void;
}

/** A Mastodon of 4.6 on loopback: the routes the product uses, answering as a recorded one did. */
export async function startMastodon(check: Check = mastodonCheck()): Promise<MastodonServer> {
  const state = createState();
  const app = new Hono();
  let left = 300;
  app.use(async (context, next) => {
    const authorization = context.req.header('authorization');
    const open = context.req.path === '/api/v2/instance';
    if (!open && authorization !== `Bearer ${state.token}`)
      return context.json({ error: 'The access token is invalid' }, 401);
    await next();
    left = left > 0 ? left - 1 : 300;
    context.header('x-ratelimit-limit', '300');
    context.header('x-ratelimit-remaining', String(left));
    context.header('x-ratelimit-reset', new Date(state.now() + 300_000).toISOString());
    return undefined;
  });
  addPosting(app, state);
  addMedia(app, state);
  addReading(app, state);
  const host = await startHost(app, check);
  return {
    ...host,
    state,
    later: (ms) => (state as State & { forget(ms: number): void }).forget(ms),
  };
}

function addMedia(app: Hono, state: State): void {
  app.post('/api/v2/media', async (context) => {
    const form = await context.req.formData();
    const file = form.get('file');
    if (!(file instanceof File)) return context.json({ error: 'File を入力してください' }, 422);
    const video = file.type.startsWith('video/');
    const body = video ? bodyOf<Media>('media_post') : bodyOf<Media>('status_delete_media', 1);
    const media = {
      ...body,
      id: state.nextId(),
      description: form.get('description') as string | null,
      polls: 0,
      used: false,
    };
    state.media.set(media.id, { ...media, focus: form.get('focus') });
    return context.json({ ...media, polls: undefined, used: undefined }, video ? 202 : 200);
  });
  app.get('/api/v1/media/:id', (context) => {
    const media = state.media.get(context.req.param('id'));
    if (!media || media.used) return context.json({ error: 'Record not found' }, 404);
    media.polls += 1;
    if (media.url === null && media.polls > 1) media.url = `http://localhost:3000/${media.id}.mp4`;
    return context.json(media, media.url === null ? 206 : 200);
  });
}

function addReading(app: Hono, state: State): void {
  const page = (
    list: readonly { id: string }[],
    { limit = '20', max_id: before, min_id: after }: Record<string, string>,
  ) => {
    const newest = list
      .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before))
      .filter(({ id }) => after === undefined || BigInt(id) > BigInt(after))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    return after === undefined ? newest.slice(0, Number(limit)) : newest.slice(-Number(limit));
  };
  const holding = (word: string) =>
    state.statuses.filter(({ id }) => state.texts.get(id)?.toLowerCase().includes(word));
  app.get('/api/v2/instance', (context) => {
    const body = bodyOf<{ configuration: { statuses: { max_characters: number }; urls: object } }>(
      'instance_v2',
    );
    body.configuration.statuses.max_characters = state.limits.characters;
    return context.json(body);
  });
  app.get('/api/v1/accounts/verify_credentials', (context) => context.json(state.account));
  app.get('/api/v1/apps/verify_credentials', (context) =>
    context.json({ id: '1', name: 'desk', website: null, scopes: ['read', 'write'] }),
  );
  app.get('/api/v1/accounts/lookup', (context) =>
    context.req.query('acct') === state.account.acct
      ? context.json(state.account)
      : context.json({ error: 'Record not found' }, 404),
  );
  app.get('/api/v1/accounts/:id/statuses', (context) =>
    context.json(page(state.statuses, context.req.query())),
  );
  app.get('/api/v1/statuses', (context) => {
    const ids = context.req.queries('id[]') ?? [];
    return context.json(state.statuses.filter(({ id }) => ids.slice(0, 20).includes(id)));
  });
  app.get('/api/v1/statuses/:id', (context) => {
    const found = state.statuses.find(({ id }) => id === context.req.param('id'));
    return found ? context.json(found) : context.json({ error: 'Record not found' }, 404);
  });
  app.get('/api/v1/notifications', (context) =>
    context.json(page(state.notifications, context.req.query())),
  );
  app.get('/api/v2/search', (context) => {
    const words = (context.req.query('q') ?? '').toLowerCase();
    const byUrl = state.statuses.filter(({ url }) => url === context.req.query('q'));
    const statuses: readonly Status[] = byUrl.length > 0 ? byUrl : holding(words);
    return context.json({ accounts: [], statuses, hashtags: [] });
  });
  app.get('/api/v1/timelines/tag/:tag', (context) =>
    context.json(page(holding(`#${context.req.param('tag').toLowerCase()}`), context.req.query())),
  );
  app.get('/api/v1/timelines/public', (context) =>
    context.json(page(state.statuses, context.req.query())),
  );
  app.get('/api/v1/trends/tags', (context) => {
    const tag = { name: 'caturday', url: 'http://localhost:3000/tags/caturday' };
    const history = ['7', '5', '90'].map((uses, day) => ({
      day: String(day),
      uses,
      accounts: '1',
    }));
    return context.json([{ ...tag, history }, { name: 7 }]);
  });
}
