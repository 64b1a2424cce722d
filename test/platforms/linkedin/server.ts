import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { shared } from '../../shared.ts';
import { type Host, startHost } from '../host.ts';
import { linkedinCheck } from './check.ts';
import { discuss } from './discussion.ts';
import { createState, organization, person, type State } from './state.ts';
import { takeUploads } from './uploads.ts';

export interface LinkedIn extends Host {
  state: State;
  token: string;
}

/** An answer as recorded. */
export function recorded(name: string): { status: number; headers: Headers; body: unknown } {
  const text = readFileSync(shared(`platforms/fixtures/linkedin/${name}.json`), 'utf8');
  const { exchanges } = JSON.parse(text) as {
    exchanges: {
      response: { status: number; headers: Record<string, string>; body: unknown };
    }[];
  };
  const { status, headers, body } = exchanges[0]!.response;
  return { status, headers: new Headers(headers), body };
}

type Code = 400 | 401 | 403 | 404 | 422 | 426;

/** A refusal in LinkedIn's words. */
export function refuse(context: Context, status: Code, code: string, message: string) {
  return context.json({ status, code, serviceErrorCode: status * 100, message }, status);
}

/** LinkedIn for one member who also speaks for an organization. */
export async function startLinkedIn(): Promise<LinkedIn> {
  const state = createState();
  const token = 'AQVtokenOfTheStandInOfLinkedIn';
  const app = new Hono();
  app.use(async (context, next) => {
    const isUpload = context.req.path.startsWith('/dms-uploads/');
    if (!isUpload && context.req.header('authorization') !== `Bearer ${token}`)
      return refuse(context, 401, 'INVALID_ACCESS_TOKEN', 'Invalid access token');
    return next();
  });
  takeUploads(app, state);
  discuss(app, state);

  app.get('/v2/userinfo', (context) =>
    context.json({ sub: person.split(':').at(-1), name: 'Ada Member', locale: { country: 'US' } }),
  );
  app.get('/rest/organizations/:id', (context) =>
    context.json({ id: 5583111, localizedName: 'The Desk', vanityName: 'the-desk' }),
  );
  app.post('/rest/posts', async (context) => {
    const body = await context.req.json<Record<string, unknown>>();
    const {
      author,
      commentary = '',
      content,
    } = body as {
      author: string;
      commentary?: string;
      content?: Record<string, Record<string, unknown>>;
    };
    if (author !== person && author !== organization)
      return refuse(
        context,
        403,
        'ACCESS_DENIED',
        'Not enough permissions to access: posts.CREATE',
      );
    const { media, multiImage, poll, article } = content ?? {};
    const files = [
      ...(media ? [media] : []),
      ...((multiImage?.images ?? []) as Record<string, unknown>[]),
      ...(article?.thumbnail === undefined ? [] : [{ id: article.thumbnail }]),
    ] as { id: string; altText?: string }[];
    const lacking = files.find(({ id }) => !state.files.get(id)?.ready);
    if (lacking)
      return refuse(context, 400, 'MEDIA_ASSET_WAITING_UPLOAD', `${lacking.id} is not there`);
    if (commentary === '' && !content)
      return refuse(context, 422, 'INVALID', 'There is nothing in it');
    const twin = [...state.things.values()].find(
      (each) => each.author === author && each.text === commentary && !each.below && !content,
    );
    if (twin) {
      const { status, body: said } = recorded('error_422_duplicate');
      const text = JSON.stringify(said).replace(/urn:li:share:\d+/, twin.urn);
      return context.json(JSON.parse(text) as object, status as 422);
    }
    const { urn } = state.put({
      urn: `urn:li:share:${state.number()}`,
      author,
      text: commentary,
      alt: article ? [] : files.flatMap(({ altText }) => altText ?? []),
      ...(typeof poll?.question === 'string' && { question: poll.question }),
      content,
    });
    const { status } = recorded('create_post');
    return context.body(null, status as 201, { 'x-restli-id': urn });
  });
  app.get('/rest/posts', (context) => {
    const { q, author = '', count = '10', start = '0', sortBy } = context.req.query();
    if (q !== 'author' || context.req.header('x-restli-method') !== 'FINDER')
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no such finder');
    if (sortBy !== 'CREATED' && sortBy !== 'LAST_MODIFIED')
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'sortBy');
    if (author === person && !state.readable)
      return refuse(
        context,
        403,
        'ACCESS_DENIED',
        'Not enough permissions to access: posts.FINDER',
      );
    const all = [...state.things.values()]
      .filter((each) => each.author === author && !each.below)
      .toSorted((a, b) => b.at - a.at)
      .slice(Number(start), Number(start) + Number(count));
    const elements = all.map(({ urn, text, at, content }) => ({
      id: urn,
      author,
      commentary: text,
      createdAt: at,
      publishedAt: at,
      lifecycleState: 'PUBLISHED',
      ...(content !== undefined && { content }),
    }));
    return context.json({ paging: { start: Number(start), count: Number(count) }, elements });
  });
  app.post('/rest/posts/:urn', async (context) => {
    const thing = state.things.get(context.req.param('urn'));
    const { patch } = await context.req.json<{ patch?: { $set?: Record<string, unknown> } }>();
    const text = patch?.$set?.commentary;
    if (context.req.header('x-restli-method') !== 'PARTIAL_UPDATE' || typeof text !== 'string')
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no such patch');
    if (!thing) return refuse(context, 404, 'NOT_FOUND', 'Post not found');
    thing.text = text;
    return context.body(null, 204);
  });
  app.delete('/rest/posts/:urn', (context) => {
    state.things.delete(context.req.param('urn'));
    return context.body(null, 204);
  });
  app.get('/rest/organizationalEntityShareStatistics', (context) => {
    const { q, organizationalEntity: of, shares = '' } = context.req.query();
    if (q !== 'organizationalEntity' || of !== organization)
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no such organization');
    const urns = shares.replace(/^List\(|\)$/g, '').split(',');
    const elements = urns
      .filter((urn) => state.things.has(urn))
      .map((share) => ({
        organizationalEntity: of,
        share,
        totalShareStatistics: {
          impressionCount: 120,
          uniqueImpressionsCount: 80,
          likeCount: 7,
          commentCount: 2,
          shareCount: 1,
          clickCount: 9,
          engagement: 0.1,
        },
      }));
    return context.json({ paging: { start: 0, count: 10 }, elements });
  });
  const host = await startHost(app, linkedinCheck);
  return Object.assign(host, { state, token });
}
