import { Hono } from 'hono';
import { gone, onlyWith, pageOf, pick, recorded, refuse } from '../graph.ts';
import { metaCheck } from '../graph-check.ts';
import { type Host, startHost } from '../host.ts';
import { type Mood, takeContainers, wrong } from './containers.ts';
import { createThings, day, type List, type Thing, user } from './things.ts';

const version = 'v25.0';

export interface Instagram extends Host {
  token: string;
  things: Map<string, Thing>;
  /** Somebody else says something below a post. */
  comment(parent: string, text: string): void;
  tag(caption: string): void;
  /** Moves the network's clock. */
  pass(ms: number): void;
  /** How often a new container says that it is in progress. */
  slow: number;
  /** Publishes without telling the id, once. */
  silent: boolean;
  used: number;
}

/** An account whose containers live a day and are published once. */
export async function startInstagram(): Promise<Instagram> {
  const stand = createThings();
  const { things, now, put, shown, newest, pass } = stand;
  const token = 'IGAAtokenOfTheStandIn';
  const asked = new Map<string, number>();
  const state: Mood = { slow: 0, silent: false, used: 0 };
  const app = new Hono();
  app.use(onlyWith(() => token));

  app.get(`/${version}/${user}`, (context) =>
    context.json(pick({ id: user, username: 'desk' }, context.req.query('fields'))),
  );
  app.get(`/${version}/${user}/content_publishing_limit`, (context) => {
    const { data } = recorded('instagram/instagram__users__content_publish_limit.json') as List;
    return context.json({ data: [{ ...data[0], quota_usage: state.used }] });
  });
  takeContainers(app, version, stand, state);
  app.get(`/${version}/${user}/media`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ kind, by }) => kind === 'media' && by === 'desk'),
      ),
    ),
  );
  app.get(`/${version}/${user}/tags`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ kind, by }) => kind === 'media' && by !== 'desk'),
      ),
    ),
  );
  app.get(`/${version}/:id/comments`, (context) => {
    const { id } = context.req.param();
    return context.json(
      pageOf(
        context,
        newest(({ parent }) => parent === id),
      ),
    );
  });
  app.post(`/${version}/:id/comments`, async (context) => {
    const parent = context.req.param('id');
    if (things.get(parent)?.kind !== 'media') return refuse(context, gone(parent));
    const { message } = await context.req.json<{ message: string }>();
    if (message.length > 300) return refuse(context, wrong('The comment is too long'));
    return context.json({ id: put({ kind: 'comment', text: message, alt: [], parent }).id });
  });
  app.get(`/${version}/:id/insights`, (context) => {
    const [like] = (recorded('instagram/instagram__medias__insights_new.json') as List).data;
    const metrics = (context.req.query('metric') ?? '').split(',');
    const data = metrics.map((name) => ({
      ...like,
      name,
      total_value: undefined,
      values: [{ value: 5 }],
    }));
    return context.json({ data });
  });
  app.get(`/${version}/:id`, (context) => {
    const { id } = context.req.param();
    const thing = things.get(id);
    if (!thing) return refuse(context, gone(id));
    if (thing.kind !== 'container')
      return context.json(pick(shown(thing), context.req.query('fields')));
    const turn = (asked.get(id) ?? 0) + 1;
    asked.set(id, turn);
    if (thing.status === 'IN_PROGRESS' && turn > state.slow) thing.status = 'FINISHED';
    // After a while it knows nothing of a container, however it ended.
    if (now() - thing.at > 2 * day) return refuse(context, gone(id));
    const isOld = now() - thing.at > day && thing.status !== 'PUBLISHED';
    const body = recorded('instagram/instagram__publish__container_info.json') as object;
    const code = isOld ? 'EXPIRED' : thing.status;
    return context.json({
      ...body,
      id,
      status_code: code,
      status: thing.why ?? `${String(code)}: as it stands.`,
    });
  });

  const kinds = { container: 'IGContainer', media: 'IGMedia', comment: 'IGComment' };
  const check = metaCheck({
    version,
    nodeOf: (id) => (id === user ? 'IGUser' : kinds[things.get(id)?.kind ?? 'media']),
    undescribed: {
      IGContainer: 'containers are no node of the description',
      ContentPublishingLimitResponse: 'not among the files',
      InstagramInsightsResult: 'not among the files',
    },
    waivers: [],
  });
  const host = await startHost(app, check);
  return Object.assign(state, host, {
    token,
    things,
    comment: (parent: string, text: string) =>
      void put({ kind: 'comment', text, alt: [], parent, by: 'someone' }),
    tag: (text: string) => void put({ kind: 'media', text, alt: [], by: 'someone' }),
    pass,
  });
}
