import { Hono } from 'hono';
import { type Host, startHost } from '../host.ts';
import { redditCheck } from './check.ts';
import { answerTo } from './fixture.ts';
import { createState, listing, me, shown, type State } from './state.ts';
import { addSubmitting } from './submitting.ts';

export const token = 'token-of-the-desk-on-reddit';

export interface RedditServer extends Host {
  state: State;
}

interface Lease {
  args: { action: string; fields: { name: string; value: string }[] };
  asset: { asset_id: string };
}

/** Reddit, as far as the product speaks to it. */
export async function startReddit(): Promise<RedditServer> {
  const state = createState();
  const app = new Hono();
  app.use(async (context, next) => {
    const said = context.req.header('authorization');
    // The storage of uploads must never see our token.
    const isStorage = context.req.path === '/';
    if (isStorage ? said !== undefined : said !== `Bearer ${token}`)
      return context.json({ message: 'Unauthorized', error: 401 }, 401);
    context.header('x-ratelimit-used', '9');
    context.header('x-ratelimit-remaining', '591.0');
    context.header('x-ratelimit-reset', '372');
    return next();
  });

  const listed = () => state.things.filter(({ shownFrom }) => shownFrom <= state.now());
  const own = () => listed().filter(({ author }) => author === me);
  app.get('/api/v1/me', (context) => context.json(answerTo('me', '/api/v1/me')));
  app.get('/user/:who/submitted', (context) => {
    const who = context.req.param('who');
    const name = who === 'me' ? me : who;
    const posts = listed().filter(({ author, title }) => author === name && title !== undefined);
    return context.json(listing(posts, (each) => context.req.query(each)));
  });
  app.get('/user/me/comments', (context) => {
    const comments = own().filter(({ parent }) => parent !== undefined);
    return context.json(listing(comments, (each) => context.req.query(each)));
  });
  app.get('/message/inbox', (context) => {
    const mine = own().map(({ name }) => name);
    const answers = listed().filter(
      ({ author, parent = '' }) => author !== me && mine.includes(parent),
    );
    return context.json(listing(answers, (each) => context.req.query(each)));
  });
  app.get('/api/info', (context) => {
    const ids = (context.req.query('id') ?? '').split(',');
    const children = state.things.filter(({ name }) => ids.includes(name)).map(shown);
    return context.json({ kind: 'Listing', data: { modhash: '', children, after: null } });
  });
  app.get('/search', (context) => context.json(answerTo('search', '/search/')));
  app.get('/r/:name/new', (context) => context.json(answerTo('listing_new', '/new')));
  app.get('/subreddits/popular', (context) =>
    context.json({
      kind: 'Listing',
      data: { children: [{ kind: 't5', data: { display_name: 'AskReddit' } }], after: null },
    }),
  );

  app.post('/api/media/asset.json', async (context) => {
    const sent = await context.req.formData();
    const [path, type] = [sent.get('filepath'), sent.get('mimetype')];
    if (!path || typeof type !== 'string' || !/^(image|video)\//.test(type))
      return context.json({ message: 'Bad Request', error: 400 }, 400);
    const lease = answerTo<Lease>('submit_image', '/api/media/asset.json');
    lease.asset.asset_id = state.nextId();
    const key = lease.args.fields.find(({ name }) => name === 'key');
    if (key) key.value = `rte_images/${lease.asset.asset_id}`;
    return context.json(lease);
  });
  app.post('/', async (context) => {
    const form = await context.req.formData();
    const names = [...form.keys()];
    const [key, file] = [form.get('key'), form.get('file')];
    if (typeof key !== 'string' || !(file instanceof File) || names.at(-1) !== 'file')
      return context.text('<Error><Code>InvalidArgument</Code></Error>', 400);
    state.files.add(key);
    return context.text('<PostResponse></PostResponse>', 201);
  });
  addSubmitting(app, state);
  const host = await startHost(app, redditCheck());
  return { ...host, state };
}
