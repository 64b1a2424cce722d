import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { snowflakeAt } from '../../../lib/platforms/discord/snowflake.ts';
import { shared } from '../../shared.ts';

export const token = 'MTA5ODc2NTQzMjEwOTg3NjU0MzI.GaBcDe.f4k3f4k3f4k3f4k3f4k3f4k3f4k3f4k3f4k3';
export const me = { id: '1098765432109876543', username: 'desk', discriminator: '0', avatar: null };
export const guild = '290926798626357999';
export const channel = '1234567890123456789';
/** How long a nonce is remembered, ms: "the past few minutes". */
const memory = 300_000;

export interface Message {
  id: string;
  channel_id: string;
  author: { id: string; username: string };
  content: string;
  attachments: { description?: string }[];
  message_reference?: { message_id: string; channel_id: string };
  poll?: unknown;
  embeds?: unknown;
  mentions?: { id: string; username: string }[];
  referenced_message?: { author: Message['author'] };
  reactions?: { count: number }[];
  type?: number;
  nonce?: string;
  timestamp: string;
}

/** A recorded answer. */
export function recorded(name: string) {
  const path = shared(`platforms/fixtures/discord/${name}.json`);
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    body?: Record<string, unknown>;
    exchanges?: {
      response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
    }[];
  };
  return { body: file.body, ...file.exchanges?.[0]?.response };
}

type Body = Record<string, unknown>;

/** A server with one channel and a bot in it; `state` moves its clock, takes its rights, counts its boosts. */
export function createDiscord() {
  const app = new Hono();
  const messages: Message[] = [];
  const nonces = new Map<string, { id: string; at: number }>();
  const state = { ahead: 0, readable: true, tier: 0, count: 0n, last: null as string | null };
  const now = () => Date.now() + state.ahead;
  const example = recorded('message_2017').body ?? {};

  const refuse = (
    { json }: Pick<Context, 'json'>,
    status: 400 | 401 | 403 | 404,
    code: number,
    message: string,
  ) => json({ message, code }, status);
  const formError = (context: Context, field: string, code: string, message: string) => {
    const { body } = recorded('error_400_form_body');
    const errors = { [field]: { _errors: [{ code, message }] } };
    return context.json({ ...body, errors }, 400);
  };

  /** Somebody writes. */
  const write = (fields: Partial<Message>): Message => {
    const id = String(BigInt(snowflakeAt(now())) + (state.count++ % 4_000n));
    const message = {
      ...example,
      attachments: [],
      id,
      channel_id: channel,
      content: '',
      author: me,
      timestamp: new Date(now()).toISOString().replace('Z', '000+00:00'),
      ...fields,
    };
    messages.push(message);
    if (message.channel_id === channel) state.last = id;
    return message;
  };

  app.use('*', async (context, next) => {
    const path = context.req.path;
    if (context.req.header('authorization') !== `Bot ${token}`)
      return refuse(context, 401, 0, '401: Unauthorized');
    const asked = /\/channels\/(\d+)/.exec(path)?.[1];
    if (
      asked !== undefined &&
      asked !== channel &&
      !messages.some((each) => each.channel_id === asked)
    )
      return refuse(context, 404, 10003, 'Unknown Channel');
    return next();
  });
  app.get('/api/v10/users/@me', (context) => context.json(me));
  app.get('/api/v10/channels/:channel', (context) =>
    context.json({
      id: channel,
      type: 0,
      guild_id: guild,
      name: 'news',
      last_message_id: state.last,
    }),
  );
  app.get('/api/v10/guilds/:guild', (context) =>
    context.json({ id: guild, name: 'The desk', premium_tier: state.tier }),
  );
  app.get('/api/v10/channels/:channel/messages', (context) => {
    const { after, before, limit = '50' } = context.req.query();
    const found = messages
      .filter(({ channel_id: id }) => id === context.req.param('channel') && state.readable)
      .filter(({ id }) => after === undefined || BigInt(id) > BigInt(after))
      .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before))
      .sort((a, b) => (BigInt(a.id) > BigInt(b.id) ? 1 : -1));
    const page = after === undefined ? found.slice(-Number(limit)) : found.slice(0, Number(limit));
    return context.json(page.toReversed());
  });
  app.post('/api/v10/channels/:channel/messages', async (context) => {
    const body = await bodyOf(context);
    const content = typeof body.content === 'string' ? body.content.trim() : '';
    const files = (body.attachments ?? []) as { filename: string; description?: string }[];
    if (Array.from(content).length > 2000)
      return formError(
        context,
        'content',
        'BASE_TYPE_MAX_LENGTH',
        'Must be 2000 or fewer in length.',
      );
    if (content === '' && files.length === 0 && !body.poll && !body.embeds)
      return refuse(context, 400, 50006, 'Cannot send an empty message');
    const above = body.message_reference as { message_id: string } | undefined;
    if (above && !messages.some(({ id }) => id === above.message_id))
      return formError(context, 'message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
    const nonce = String(body.nonce);
    const known = nonces.get(nonce);
    const before = messages.find(({ id }) => id === known?.id);
    if (body.enforce_nonce === true && before && known && now() - known.at < memory)
      return context.json(before);
    const attachments = files.map((file, index) => ({ ...file, id: String(index), size: 1 }));
    const message = write({
      content,
      attachments,
      ...(above && { message_reference: { ...above, channel_id: channel }, type: 19 }),
      ...(body.poll !== undefined && { poll: body.poll }),
      ...(body.embeds !== undefined && { embeds: body.embeds }),
    });
    nonces.set(nonce, { id: message.id, at: now() });
    return context.json({ ...message, nonce });
  });
  app.on(
    ['GET', 'PATCH', 'DELETE'],
    '/api/v10/channels/:channel/messages/:message',
    async (context) => {
      const message = messages.find(({ id }) => id === context.req.param('message'));
      if (!message) return refuse(context, 404, 10008, 'Unknown Message');
      if (context.req.method === 'GET') return context.json(message);
      if (message.author.id !== me.id)
        return refuse(context, 403, 50005, 'Cannot edit a message authored by another user');
      if (context.req.method === 'DELETE') {
        messages.splice(messages.indexOf(message), 1);
        return context.body(null, 204);
      }
      const { content } = await context.req.json<{ content: string }>();
      return context.json(Object.assign(message, { content: content.trim() }));
    },
  );
  return { app, messages, state, write };
}

async function bodyOf({ req }: Context): Promise<Body> {
  if (!req.header('content-type')?.startsWith('multipart/')) return req.json<Body>();
  const { payload_json: payload } = await req.parseBody<{ payload_json: string }>();
  return JSON.parse(payload) as Body;
}
