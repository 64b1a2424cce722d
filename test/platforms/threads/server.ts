import { Hono } from 'hono';
import { gone, onlyWith, pageOf, pick, recorded, refuse } from '../graph.ts';
import { type Host, startHost } from '../host.ts';
import { threadsCheck } from './check.ts';
import { type Mood, takeContainers } from './containers.ts';
import { createThings, day, type Thing, user } from './things.ts';

const version = 'v1.0';

export interface Threads extends Host {
  token: string;
  things: Map<string, Thing>;
  /** Somebody else answers a post, or mentions us; gives the id. */
  say(text: string, parent?: string): string;
  pass(ms: number): void;
  /** How often a new container says that it is in progress. */
  slow: number;
  /** Publishes without telling the id, once. */
  silent: boolean;
}

/** An account whose containers live a day and are published once. */
export async function startThreads(): Promise<Threads> {
  const stand = createThings();
  const { things, now, put, shown, newest, pass } = stand;
  const token = 'THAAtokenOfTheStandIn';
  const asked = new Map<string, number>();
  const state: Mood = { slow: 0, silent: false };
  const app = new Hono();
  app.use(onlyWith(() => token));

  const mine = ({ by }: Thing) => by === 'desk';

  app.get(`/${version}/me`, (context) =>
    context.json(pick({ id: user, username: 'desk' }, context.req.query('fields'))),
  );
  app.get(`/${version}/me/threads_publishing_limit`, (context) =>
    context.json(recorded('threads/retrieve_publishing_quota_limit.json') as object),
  );
  takeContainers(app, version, stand, state);
  app.get(`/${version}/me/threads`, (context) =>
    context.json(
      pageOf(
        context,
        newest((thing) => mine(thing) && thing.parent === undefined),
      ),
    ),
  );
  app.get(`/${version}/me/replies`, (context) =>
    context.json(
      pageOf(
        context,
        newest((thing) => mine(thing) && thing.parent !== undefined),
      ),
    ),
  );
  app.get(`/${version}/me/mentions`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ text, by }) => by !== 'desk' && text.includes('@desk')),
      ),
    ),
  );
  app.get(`/${version}/profile_posts`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ by }) => by === context.req.query('username')),
      ),
    ),
  );
  app.get(`/${version}/keyword_search`, (context) => {
    const { q = '', since = '0' } = context.req.query();
    return context.json(
      pageOf(
        context,
        newest(({ text, at }) => text.includes(q) && at >= Number(since) * 1000),
      ),
    );
  });
  app.get(`/${version}/:id/conversation`, (context) => {
    const { id } = context.req.param();
    return context.json(
      pageOf(
        context,
        newest(({ parent }) => parent === id),
      ),
    );
  });
  app.get(`/${version}/:id/insights`, (context) => {
    const { data } = recorded('threads/get_post_insights.json') as { data: object[] };
    return context.json({ data });
  });
  app.get(`/${version}/:id`, (context) => {
    const { id } = context.req.param();
    const thing = things.get(id);
    if (!thing) return refuse(context, gone(id));
    if (thing.kind === 'post') return context.json(pick(shown(thing), context.req.query('fields')));
    const turn = (asked.get(id) ?? 0) + 1;
    asked.set(id, turn);
    if (thing.status === 'IN_PROGRESS' && turn > state.slow) thing.status = 'FINISHED';
    // After a while it knows nothing of a container, however it ended.
    if (now() - thing.at > 2 * day) return refuse(context, gone(id));
    const isOld = now() - thing.at > day && thing.status !== 'PUBLISHED';
    const body = recorded('threads/check_container_s_publishing_status.json') as object;
    const status = isOld ? 'EXPIRED' : thing.status;
    return context.json({
      ...body,
      id,
      status,
      ...(thing.why !== undefined && { error_message: thing.why }),
    });
  });
  app.delete(`/${version}/:id`, (context) => {
    const { id } = context.req.param();
    if (things.get(id)?.kind !== 'post' || !things.delete(id)) return refuse(context, gone(id));
    return context.json({
      ...(recorded('threads/delete_threads_post.json') as object),
      deleted_id: id,
    });
  });

  const host = await startHost(app, threadsCheck(version, user));
  return Object.assign(state, host, {
    token,
    things,
    say: (text: string, parent?: string) =>
      put({ kind: 'post', text, alt: [], by: 'someone', ...(parent !== undefined && { parent }) })
        .id,
    pass,
  });
}
