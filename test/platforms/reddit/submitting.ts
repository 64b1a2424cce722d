import type { Context, Hono } from 'hono';
import { answerTo, errorBody } from './fixture.ts';
import { me, shown, type State, type Thing } from './state.ts';

interface Sent {
  api_type?: string;
  kind?: string;
  sr?: string;
  title?: string;
  text?: string;
  url?: string;
  resubmit?: string | boolean;
  items?: { media_id: string }[];
}

interface Body {
  json: { errors: unknown[]; data?: Record<string, unknown> };
}

/** What Reddit says to a submission it does not take. */
function refusalOf(sent: Sent, state: State): unknown {
  const next = state.refuse.shift();
  if (next !== undefined) return next;
  const error = (...entry: unknown[]) => ({ json: { errors: [entry] } });
  if (!sent.sr) return error('SUBREDDIT_REQUIRED', 'you must specify a subreddit', 'sr');
  if (!sent.title) return error('NO_TEXT', 'we need something here', 'title');
  const tooLong = errorBody('TOO_LONG');
  if (sent.title.length > 300) return tooLong;
  if ((sent.text ?? '').length > 40_000) {
    tooLong.json.errors[0]![2] = 'text';
    return tooLong;
  }
  const isThere = state.things.some(
    ({ url, subreddit }) => url !== undefined && url === sent.url && subreddit === sent.sr,
  );
  if (sent.kind === 'link' && isThere && String(sent.resubmit) !== 'true')
    return errorBody('ALREADY_SUB');
  return undefined;
}

/** Making, changing and taking back posts and comments. */
export function addSubmitting(app: Hono, state: State): void {
  const add = (sent: Sent, kind: string, files: number): Thing => {
    const thing: Thing = {
      name: `t3_${state.nextId()}`,
      title: sent.title ?? '',
      text: sent.text ?? '',
      kind,
      subreddit: sent.sr ?? '',
      at: state.now(),
      shownFrom: state.now() + (kind === 'image' ? state.lag : 0),
      files,
      author: me,
      ...(sent.url !== undefined && { url: sent.url }),
    };
    state.things.push(thing);
    return thing;
  };
  const form = async (context: Context) =>
    Object.fromEntries(await context.req.formData()) as unknown as Record<string, string>;

  app.post('/api/submit', async (context) => {
    const sent = (await form(context)) as unknown as Sent;
    if (sent.api_type !== 'json') return context.json({ success: false, jquery: [] });
    const refused = refusalOf(sent, state);
    if (refused !== undefined) return context.json(refused as object);
    if (sent.kind === 'image') {
      const key = new URL(sent.url!).pathname.slice(1);
      if (!state.files.has(key))
        return context.json({ json: { errors: [['BAD_URL', 'x', 'url']] } });
      add(sent, 'image', 1);
      return context.json(answerTo('submit_image', '/api/submit/'));
    }
    const { name } = add(sent, sent.kind ?? '', 0);
    const answer = answerTo<Body>('submit_selftext', '/api/submit/');
    answer.json.data = {
      url: `https://www.reddit.com/r/${sent.sr ?? ''}/comments/${name.slice(3)}/a_title/`,
      id: name.slice(3),
      name,
    };
    return context.json(answer);
  });

  app.post('/api/submit_gallery_post.json', async (context) => {
    const sent = await context.req.json<Sent>();
    const refused = refusalOf(sent, state);
    if (refused !== undefined) return context.json(refused as object);
    const ids = (sent.items ?? []).map(({ media_id }) => `rte_images/${media_id}`);
    if (ids.length < 2 || !ids.every((id) => state.files.has(id)))
      return context.json({ json: { errors: [['BAD_MEDIA', 'x', 'items']] } });
    const { name } = add(sent, 'gallery', ids.length);
    const answer = answerTo<Body>('submit_gallery', 'submit_gallery_post');
    answer.json.data = { url: `https://www.reddit.com/gallery/${name.slice(3)}`, id: name };
    return context.json(answer);
  });

  app.post('/api/comment', async (context) => {
    const { thing_id = '', text = '' } = await form(context);
    const above = state.things.find(({ name }) => name === thing_id);
    if (!above)
      return context.json({ json: { errors: [['DELETED_LINK', 'that link is gone', 'parent']] } });
    if (text.length > 10_000) return context.json(errorBody('TOO_LONG'));
    const link = above.link ?? above.name;
    const at = state.now();
    const thing: Thing = {
      ...{ name: `t1_${state.nextId()}`, text, kind: 'comment', subreddit: above.subreddit },
      ...{ at, shownFrom: at, parent: thing_id, link, files: 0, author: me },
    };
    state.things.push(thing);
    return context.json({ json: { errors: [], data: { things: [shown(thing)] } } });
  });

  app.post('/api/editusertext', async (context) => {
    const { thing_id = '', text = '' } = await form(context);
    const thing = state.things.find(({ name }) => name === thing_id);
    if (!thing || thing.kind === 'link')
      return context.json({ json: { errors: [['NOT_AUTHOR', "you can't do that", 'thing_id']] } });
    thing.text = text;
    return context.json({ json: { errors: [], data: { things: [shown(thing)] } } });
  });

  app.post('/api/del', async (context) => {
    const { id } = await form(context);
    state.things = state.things.filter(({ name }) => name !== id);
    return context.json(answerTo('submission_delete', '/api/del/'));
  });
}
