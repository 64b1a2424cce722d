import { Hono } from 'hono';
import { gone, onlyWith, pageOf, pick, refuse } from '../graph.ts';
import { metaCheck } from '../graph-check.ts';
import { type Host, startHost } from '../host.ts';
import { createThings, page, type Thing } from './things.ts';
import { takeUploads } from './uploads.ts';

const version = 'v25.0';

export interface Facebook extends Host {
  token: string;
  things: Map<string, Thing>;
  /** Somebody else says something below a post. */
  comment(parent: string, message: string, by?: string, at?: number): void;
  tag(message: string): void;
  /** Bytes of a video it takes at once. */
  piece: number;
}

/** A Page that makes nothing twice unless it is told to, and shows only what was published. */
export async function startFacebook(): Promise<Facebook> {
  const stand = createThings();
  const { things, next, put, shown, newest } = stand;
  const token = 'EAApageTokenOfTheStandIn';
  const app = new Hono();
  const state = { piece: 1_000_000 };
  app.use(onlyWith(() => token));

  app.get(`/${version}/${page}`, (context) =>
    context.json(
      pick(
        { id: page, name: 'The Page', link: `https://www.facebook.com/${page}` },
        context.req.query('fields'),
      ),
    ),
  );
  takeUploads(app, version, stand, state);
  app.post(`/${version}/${page}/feed`, async (context) => {
    const body = await context.req.json<Record<string, unknown>>();
    const { message = '', link, attached_media: media = [], published } = body;
    const photos = (media as { media_fbid: string }[]).map((each) => things.get(each.media_fbid));
    if (message === '' && link === undefined && photos.length === 0)
      return refuse(context, {
        code: 100,
        message: '(#100) The status you are trying to publish is empty',
      });
    if (photos.some((photo) => photo?.kind !== 'photo'))
      return refuse(context, { code: 100, message: '(#100) Invalid parameter attached_media' });
    if (String(message).length > 63_206)
      return refuse(context, { code: 100, message: '(#100) The message is too long' });
    const id = `${page}_${next()}`;
    const alt = photos.flatMap((photo) => photo?.alt ?? []);
    put({
      kind: 'post',
      id,
      message: String(message),
      alt,
      published: published !== false,
      link: link as string,
    });
    return context.json({ id });
  });
  app.get(`/${version}/${page}/published_posts`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ kind, published, by }) => kind === 'post' && published && by === page),
      ),
    ),
  );
  app.get(`/${version}/${page}/posts`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ kind, published, by }) => kind === 'post' && published && by === page),
      ),
    ),
  );
  app.get(`/${version}/${page}/tagged`, (context) =>
    context.json(
      pageOf(
        context,
        newest(({ kind, by }) => kind === 'post' && by !== page),
      ),
    ),
  );
  app.get(`/${version}/:id/comments`, (context) => {
    const { id } = context.req.param();
    if (!things.has(id)) return refuse(context, gone(id));
    return context.json(
      pageOf(
        context,
        newest(({ parent }) => parent === id),
      ),
    );
  });
  app.post(`/${version}/:id/comments`, async (context) => {
    const parent = context.req.param('id');
    if (!things.get(parent)) return refuse(context, gone(parent));
    const { message = '', attachment_id: photo } = await context.req.json<Record<string, string>>();
    const alt = photo === undefined ? [] : (things.get(photo)?.alt ?? []);
    const id = `${parent.split('_').at(-1) ?? ''}_${next()}`;
    put({ kind: 'comment', id, message, alt, published: true, parent });
    return context.json({ id });
  });
  app.get(`/${version}/:id/insights`, (context) => {
    const metrics = (context.req.query('metric') ?? '').split(',');
    const data = metrics.map((name) => ({ name, period: 'lifetime', values: [{ value: 12 }] }));
    return context.json({ data });
  });
  app.get(`/${version}/:id`, (context) => {
    const { id } = context.req.param();
    const thing = things.get(id);
    if (!thing) return refuse(context, gone(id));
    const fields = context.req.query('fields') ?? '';
    if (thing.kind !== 'post' && /\bshares\b/.test(fields))
      return refuse(context, {
        code: 100,
        message: '(#100) Tried accessing nonexisting field (shares)',
      });
    return context.json(pick(shown(thing), fields));
  });
  app.post(`/${version}/:id`, async (context) => {
    const { id } = context.req.param();
    const thing = things.get(id);
    if (!thing) return refuse(context, gone(id));
    const body = await context.req.json<Record<string, unknown>>();
    const time = body.scheduled_publish_time;
    if (typeof time === 'number') {
      const ahead = time * 1000 - Date.now();
      if (ahead < 600_000 || ahead > 30 * 86_400_000 || thing.published)
        return refuse(context, {
          code: 100,
          subcode: 1487694,
          message: '(#100) The time is not right',
        });
      thing.scheduled = time;
    }
    if (body.is_published === true || body.published === true) {
      thing.published = true;
      thing.at = Date.now();
    }
    const words = body.message ?? body.description;
    if (typeof words === 'string') thing.message = words;
    return context.json({ success: true });
  });
  app.delete(`/${version}/:id`, (context) => {
    const { id } = context.req.param();
    return things.delete(id) ? context.json({ success: true }) : refuse(context, gone(id));
  });

  const kinds = { post: 'PagePost', photo: 'Photo', comment: 'Comment', video: 'AdVideo' };
  const check = metaCheck({
    version,
    nodeOf: (id) => (id === page ? 'Page' : kinds[things.get(id)?.kind ?? 'post']),
    undescribed: {
      AdVideo:
        'not among the files; `published` and `scheduled_publish_time` stand in the full description',
    },
    waivers: [
      {
        problem: /^video_file_chunk: data must be string$/,
        reason: 'described as text, sent as a file of the form: page "Video API"',
      },
      {
        problem: /^source is unknown$/,
        reason: 'the file of a photo: the description of /photos lists no files',
      },
    ],
  });
  const host = await startHost(app, check);
  return Object.assign(state, host, {
    token,
    things,
    comment(parent: string, message: string, by = '77', at = Date.now()) {
      put({
        kind: 'comment',
        id: `9_${next()}`,
        message,
        alt: [],
        published: true,
        parent,
        by,
        at,
      });
    },
    tag(message: string) {
      put({ kind: 'post', id: `77_${next()}`, message, alt: [], published: true, by: '77' });
    },
  });
}
