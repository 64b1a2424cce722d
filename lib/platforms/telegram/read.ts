import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { hashtagsOf } from '../plain.ts';
import type { Item } from '../reading.ts';
import { urlOf } from './address.ts';

const who = z.object({ id: z.number(), username: z.string().optional() });
const message = z.object({
  message_id: z.number(),
  date: z.number(),
  text: z.string().optional(),
  caption: z.string().optional(),
  from: who.extend({ is_bot: z.boolean().optional().catch(undefined) }).optional(),
  sender_chat: who.optional(),
  chat: who.extend({ title: z.string().optional() }),
});
export type Message = z.infer<typeof message>;
const update = z.object({
  update_id: z.number().int(),
  message: message.optional(),
  channel_post: message.optional(),
});

/** Number of an update, also of one whose rest makes no sense; undefined for what is none. */
export function numberOf(value: unknown): number | undefined {
  return update.pick({ update_id: true }).safeParse(value).data?.update_id;
}

/** The post of an update (Bot API, Update); undefined for one without words, e.g. that somebody has joined. */
export function readUpdate(value: unknown, line: number): Item | undefined {
  const parsed = update.safeParse(value);
  if (!parsed.success) return { malformed: true, line, why: 'it is no update' };
  const found = parsed.data.channel_post ?? parsed.data.message;
  return found && signalOfMessage(found);
}

/**
 * A message as a post; undefined for one without words. Who speaks for a chat is named beside a made-up sender (Bot API,
 * Message, `sender_chat`).
 */
export function signalOfMessage(found: Message): Signal | undefined {
  const said = found.text ?? found.caption ?? '';
  if (said === '') return undefined;
  const text = said.normalize('NFC');
  const author = found.sender_chat ?? found.from ?? found.chat;
  // The made-up sender of a chat that speaks is called a bot too.
  const isBot = found.sender_chat === undefined && found.from?.is_bot === true;
  const url = urlOf(found);
  return {
    id: `telegram:${found.chat.id}/${found.message_id}`,
    network: 'telegram',
    text,
    at: found.date * 1000,
    author: author.username ?? String(author.id),
    tags: hashtagsOf(text),
    ...(url !== undefined && { url }),
    ...(found.chat.title !== undefined && { channel: found.chat.title }),
    ...(isBot && { marks: ['automated'] }),
  };
}
