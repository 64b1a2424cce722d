import type { Context, Hono } from 'hono';
import { recorded } from './fixture.ts';
import { shownPost, type State, type Stored } from './state.ts';

/** Everything that is read of posts and people. */
export function addReading(app: Hono, state: State): void {
  const invalid = (context: Context, message: string) => {
    const { body } = recorded('pg_error_400_max_results');
    return context.json({ ...body, errors: [{ message, parameters: {} }] }, 400);
  };
  const people = () => [state.me, ...state.others];

  /** A page of posts, newest first, as the query has it. */
  const page = (context: Context, chosen: readonly Stored[]) => {
    const query = (name: string) => context.req.query(name);
    const from = query('start_time');
    const start = from === undefined ? 0 : Date.parse(from);
    if (Number.isNaN(start)) return invalid(context, `start_time [${from ?? ''}] is no time`);
    if (start > state.now()) return invalid(context, 'start_time must be before end_time');
    const isSearch = context.req.path.includes('/search/');
    if (isSearch && start > 0 && start < state.now() - 7 * 86_400_000)
      return invalid(context, 'start_time must be on or after a week ago');
    const after = BigInt(query('since_id') ?? '0');
    const most = Number(query('max_results') ?? 10);
    const skip = Number(query('next_token') ?? query('pagination_token') ?? 0);
    // To the second, as X counts.
    const first = Math.floor(start / 1000) * 1000;
    const found = chosen.filter(({ id, at }) => BigInt(id) > after && at >= first).reverse();
    const shown = found.slice(skip, skip + most);
    const fields = (query('tweet.fields') ?? '').split(',');
    const more = skip + most < found.length ? { next_token: String(skip + most) } : {};
    const authors = people().filter(({ id }) => shown.some(({ author }) => author === id));
    const metrics = { public_metrics: { followers_count: 7 } };
    const isExpanded = (query('expansions') ?? '').includes('author_id') && shown.length > 0;
    return context.json({
      ...(shown.length > 0 && { data: shown.map((post) => shownPost(post, fields, state)) }),
      ...(isExpanded && { includes: { users: authors.map((each) => ({ ...each, ...metrics })) } }),
      meta: { result_count: shown.length, ...more },
    });
  };

  app.get('/2/users/me', (context) => context.json(recorded('me', { data: state.me }).body));
  app.get('/2/users/by/username/:name', (context) => {
    const name = context.req.param('name').toLowerCase();
    const found = people().find(({ username }) => username.toLowerCase() === name);
    return context.json(found ? { data: found } : recorded('pg_not_found_200').body);
  });
  app.get('/2/users/:id/tweets', (context) => {
    const own = state.posts.filter(({ author }) => author === context.req.param('id'));
    const excluded = (context.req.query('exclude') ?? '').split(',');
    const isShown = ({ parent }: Stored) => !parent || !excluded.includes('replies');
    return page(context, own.filter(isShown));
  });
  app.get('/2/users/:id/mentions', (context) =>
    page(
      context,
      state.posts.filter(({ text }) => text.includes(`@${state.me.username}`)),
    ),
  );
  app.get('/2/tweets/search/recent', (context) => {
    const words = (context.req.query('query') ?? '')
      .replace(/ -is:retweet$/, '')
      .replace(/^\((.*)\)$/, '$1')
      .split(' OR ')
      .map((word) => word.replaceAll('"', '').toLowerCase());
    const match = ({ text }: Stored) => words.some((word) => text.toLowerCase().includes(word));
    return page(context, state.posts.filter(match));
  });
  app.get('/2/tweets', (context) => {
    const ids = (context.req.query('ids') ?? '').split(',');
    const fields = (context.req.query('tweet.fields') ?? '').split(',');
    const found = state.posts.filter(({ id }) => ids.includes(id));
    const lost = ids.filter((id) => !found.some((post) => post.id === id));
    const [error] = recorded('pg_not_found_200').body.errors as object[];
    const errors = lost.map((id) => ({ ...error, resource_id: id, value: id }));
    const month = state.now() - 30 * 86_400_000;
    const isTold = (at: number) => at > month || !fields.includes('non_public_metrics');
    return context.json({
      data: found.filter(({ at }) => isTold(at)).map((post) => shownPost(post, fields, state)),
      ...(errors.length > 0 && { errors }),
    });
  });
  app.get('/2/trends/by/woeid/:woeid', (context) => context.json(recorded('pg_trends').body));
}
