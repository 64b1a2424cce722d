import type { Receipt } from '../../store/record.ts';
import type { Answered } from './compose.ts';

/** A message as the Bot API gives it, as far as its place is concerned. */
export interface Placed {
  message_id: number;
  chat: { id: number; username?: string | undefined };
}

/** Channels and supergroups are numbered -100..., their links go without. */
const supergroup = /^-100(\d+)$/;

/** Where people who may see the chat find the message; only channels and supergroups have such addresses. */
export function urlOf({ message_id, chat }: Placed): string | undefined {
  const inner = supergroup.exec(String(chat.id))?.[1];
  if (inner === undefined) return undefined;
  const place = chat.username ?? `c/${inner}`;
  return `https://t.me/${place}/${message_id}`;
}

/** Receipt of the messages of one part: `<chat>/<message>`, all their numbers as its version. */
export function receiptOf(part: number, messages: readonly Placed[], at: number): Receipt {
  const [first] = messages;
  if (!first) throw new Error('its answer names no message');
  const url = urlOf(first);
  return {
    part,
    id: `${first.chat.id}/${first.message_id}`,
    ...(url !== undefined && { url }),
    ...(messages.length > 1 && { version: messages.map((each) => each.message_id).join(',') }),
    at,
  };
}

/** The chat and the numbers of the messages a receipt stands for. */
export function messagesOf({ id, version }: Receipt): { chat: string; ids: number[] } {
  const [chat = '', message = ''] = id.split('/');
  return { chat, ids: (version ?? message).split(',').map(Number) };
}

/** The message that `https://t.me/<name>/<n>`, `https://t.me/c/<n>/<n>`, `<chat>/<n>` or `<n>` names, seen from `chat`. */
export function answeredBy(reply: string, chat: string): Answered | undefined {
  const found =
    /^(?:(?:https?:\/\/)?t\.me\/(?:(c\/\d+)|(\w+))\/|(@\w+|-?\d+)\/)?(?:\d+\/)?(\d+)$/.exec(
      reply.trim().replace(/[?#].*$/, ''),
    );
  if (!found) return undefined;
  const [, inner, name, place, message] = found;
  const where = inner?.replace('c/', '-100') ?? (name === undefined ? place : `@${name}`);
  const message_id = Number(message);
  if (where === undefined || where.toLowerCase() === chat.toLowerCase()) return { message_id };
  return { message_id, chat_id: where.startsWith('@') ? where : Number(where) };
}
