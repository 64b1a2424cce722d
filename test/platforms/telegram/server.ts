import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { shared } from '../../shared.ts';

export const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
export const chat = { id: -1001234567890, type: 'channel', title: 'The desk', username: 'thedesk' };
const bot = { id: 110201543, is_bot: true, first_name: 'Desk', username: 'desk_bot' };

export interface Message {
  message_id: number;
  date: number;
  text?: string;
  caption?: string;
  poll?: { question: string; options: { text: string }[] };
  media_group_id?: string;
  entities?: { type: string; offset: number; length: number; url?: string }[];
  reply_to_message?: { message_id: number };
  [field: string]: unknown;
}

/** A recorded answer that was no success. */
export function recordedError(name: string): {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
} {
  const path = shared(`platforms/fixtures/telegram/error_${name}.json`);
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    exchanges: { response: ReturnType<typeof recordedError> }[];
  };
  return file.exchanges[0]!.response;
}

type Body = Record<string, unknown>;

/** A Bot API with one bot in one channel: no key, no history, and updates that are kept until acknowledged. */
export function createTelegram() {
  const app = new Hono();
  const messages = new Map<number, Message>();
  const updates: { update_id: number; [kind: string]: unknown }[] = [];
  const state = { next: 1, update: 1000, wake: () => undefined as unknown, polls: 0 };

  const refuse = (context: Context, description: string, status: 400 | 401 | 403 | 409 = 400) =>
    context.json({ ok: false, error_code: status, description }, status);
  const make = (fields: Partial<Message>): Message => {
    const message = {
      message_id: state.next++,
      sender_chat: chat,
      chat,
      date: Math.floor(Date.now() / 1000),
      ...fields,
    };
    messages.set(message.message_id, message);
    return message;
  };

  /** What is wrong with what all messages have in common. */
  const objection = (body: Body): string | undefined => {
    if (![`@${chat.username}`, String(chat.id)].includes(String(body.chat_id)))
      return 'Bad Request: chat not found';
    const reply = body.reply_parameters as { message_id: number; chat_id?: unknown } | undefined;
    if (reply && !messages.has(reply.message_id))
      return 'Bad Request: message to be replied not found';
    return undefined;
  };
  const common = (body: Body): Partial<Message> => {
    const reply = body.reply_parameters as { message_id: number } | undefined;
    return reply ? { reply_to_message: { message_id: reply.message_id } } : {};
  };
  /** Entities as Telegram keeps them; those outside of the text are refused. */
  const words = (text: unknown, entities: unknown) => {
    const said = typeof text === 'string' ? text : '';
    const marked = (entities ?? []) as NonNullable<Message['entities']>;
    if (
      marked.some(({ offset, length }) => offset < 0 || length < 1 || offset + length > said.length)
    )
      throw new Error('an entity lies outside of its text');
    return { said: said.trim(), marked };
  };

  const methods: Record<string, (context: Context, body: Body) => unknown> = {
    getMe: () => bot,
    getChatMember: (context, body) =>
      objection(body) !== undefined
        ? refuse(context, objection(body)!)
        : {
            user: bot,
            status: 'administrator',
            can_be_edited: false,
            can_post_messages: true,
            can_delete_messages: true,
            can_edit_messages: false,
          },
    sendMessage(context, body) {
      const { said, marked } = words(body.text, body.entities);
      if (said === '') return refuse(context, 'Bad Request: message text is empty');
      if (Array.from(said).length > 4096)
        return context.json(recordedError('400_text_too_long').body, 400);
      return make({ ...common(body), text: said, entities: marked });
    },
    sendPhoto: (_context, body) => media(body, { photo: [] }),
    sendVideo: (_context, body) => media(body, { video: {} }),
    sendAnimation: (_context, body) => media(body, { animation: {} }),
    sendMediaGroup(_context, body) {
      const media_group_id = `g${state.next}`;
      return (body.media as Body[]).map((each) => {
        const { said, marked } = words(each.caption, each.caption_entities);
        const caption = said === '' ? {} : { caption: said, caption_entities: marked };
        return make({ ...common(body), media_group_id, ...caption });
      });
    },
    sendPoll(_context, body) {
      const poll = { id: `${state.next}`, question: String(body.question), options: body.options };
      return make({ ...common(body), poll: poll as Message['poll'] & object });
    },
    editMessageText(context, body) {
      const message = messages.get(Number(body.message_id));
      if (!message) return refuse(context, 'Bad Request: message to edit not found');
      const { said, marked } = words(body.text, body.entities);
      if (message.text === said)
        return context.json(recordedError('400_message_not_modified').body, 400);
      return Object.assign(message, { text: said, entities: marked, edit_date: message.date });
    },
    editMessageCaption(context, body) {
      const message = messages.get(Number(body.message_id));
      if (!message) return refuse(context, 'Bad Request: message to edit not found');
      const { said, marked } = words(body.caption, body.caption_entities);
      return Object.assign(message, { caption: said, caption_entities: marked });
    },
    deleteMessages(_context, body) {
      for (const id of body.message_ids as number[]) messages.delete(id);
      return true;
    },
    async getUpdates(context, { offset, timeout = 0 }) {
      state.wake();
      state.polls += 1;
      const mine = state.polls;
      const acknowledged = Number(offset ?? 0) - 1;
      updates.splice(0, updates.filter((each) => each.update_id <= acknowledged).length);
      if (updates.length === 0)
        await new Promise<void>((resolve) => {
          state.wake = resolve;
          setTimeout(resolve, Number(timeout) * 1000).unref();
        });
      if (mine !== state.polls)
        return context.json(recordedError('409_getupdates_conflict').body, 409);
      return updates.slice(0, 100);
    },
  };
  const media = (body: Body, kind: object) => {
    const { said, marked } = words(body.caption, body.caption_entities);
    return make({ ...common(body), ...kind, caption: said, caption_entities: marked });
  };

  app.post('/:bot/:method', async (context) => {
    if (context.req.param('bot') !== `bot${token}`)
      return context.json(recordedError('401').body, 401);
    const name = context.req.param('method');
    const method = methods[name];
    if (!method) return context.notFound();
    const body = await bodyOf(context);
    const wrong = name.startsWith('send') ? objection(body) : undefined;
    if (wrong !== undefined) return refuse(context, wrong);
    const result = await method(context, body);
    return result instanceof Response ? result : context.json({ ok: true, result });
  });

  return {
    app,
    messages,
    /** Updates nobody has acknowledged. */
    waiting: updates,
    /** Something happens in a chat the bot is in. */
    happen(kind: 'channel_post' | 'message', fields: object): void {
      updates.push({ update_id: state.update++, [kind]: fields });
      state.wake();
    },
  };
}

async function bodyOf({ req }: Context): Promise<Body> {
  if (!req.header('content-type')?.startsWith('multipart/')) return req.json<Body>();
  const form = await req.parseBody();
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
