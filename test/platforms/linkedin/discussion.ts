import type { Hono } from 'hono';
import { refuse } from './server.ts';
import { person, type State } from './state.ts';

/** Comments below posts and below comments; nothing keeps one from being made twice. */
export function discuss(app: Hono, state: State): void {
  const list = '/rest/socialActions/:urn/comments';
  const rootOf = (urn: string) => /\((urn:li:\w+:\d+),/.exec(urn)?.[1] ?? urn;

  app.post(list, async (context) => {
    const below = context.req.param('urn');
    const body = await context.req.json<{
      actor?: string;
      object?: string;
      message?: { text?: string };
      parentComment?: string;
      content?: { entity?: { image?: string } }[];
    }>();
    const { actor, object, message, parentComment: above, content = [] } = body;
    const text = message?.text ?? '';
    if (!state.things.has(below)) return refuse(context, 404, 'NOT_FOUND', 'no such post');
    if (actor === undefined || object !== rootOf(below) || (above ?? below) !== below)
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'actor, object or parent is wrong');
    if (content.some(({ entity }) => !state.files.get(entity?.image ?? '')?.ready))
      return refuse(context, 400, 'MEDIA_ASSET_WAITING_UPLOAD', 'the image is not there');
    if (text.length > 1250) return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'too long');
    const id = state.number();
    const urn = `urn:li:comment:(${rootOf(below)},${id})`;
    state.put({ urn, id, author: actor, text, alt: [], below });
    return context.json({ actor, object, id, commentUrn: urn, message: { text } }, 201, {
      'x-restli-id': id,
    });
  });
  app.get(list, (context) => {
    const { urn } = context.req.param();
    const { start = '0', count = '10' } = context.req.query();
    const post = state.things.get(urn);
    if (!post) return refuse(context, 404, 'NOT_FOUND', 'no such post');
    if (post.author === person && !state.readable)
      return refuse(context, 403, 'ACCESS_DENIED', 'Not enough permissions to access: comments');
    const all = [...state.things.values()].filter(({ below }) => below === urn);
    const elements = all.slice(Number(start), Number(start) + Number(count)).map((each) => ({
      id: each.id,
      commentUrn: each.urn,
      actor: each.author,
      object: rootOf(urn),
      message: { attributes: [], text: each.text },
      created: { actor: each.author, time: each.at },
    }));
    return context.json({ paging: { start: Number(start), count: Number(count) }, elements });
  });
  app.post(`${list}/:id`, async (context) => {
    const found = state.things.get(
      `urn:li:comment:(${context.req.param('urn')},${context.req.param('id')})`,
    );
    const { patch } = await context.req.json<{
      patch?: { message?: { $set?: { text?: string } } };
    }>();
    const text = patch?.message?.$set?.text;
    if (text === undefined || !found || context.req.query('actor') !== found.author)
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no such patch');
    found.text = text;
    return context.json({});
  });
  app.delete(`${list}/:id`, (context) => {
    const { urn, id } = context.req.param();
    const found = state.things.get(`urn:li:comment:(${urn},${id})`);
    if (!found) return refuse(context, 404, 'NOT_FOUND', 'no such comment');
    if (found.author !== context.req.query('actor'))
      return refuse(context, 403, 'ACCESS_DENIED', 'not yours');
    state.things.delete(found.urn);
    return context.body(null, 204);
  });
}
