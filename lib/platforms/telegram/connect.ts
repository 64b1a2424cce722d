import { fail, isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { refuseAll } from '../parts.ts';
import type { Attempt, Outgoing, Part } from '../outgoing.ts';
import type { Connection } from '../platform.ts';
import { answeredBy, messagesOf, receiptOf } from './address.ts';
import { type Bot, createCall } from './call.ts';
import { refuses } from './check.ts';
import { checkPart, format, sendPart } from './compose.ts';
import { listenTelegram } from './listen.ts';

/** A bot and the chat it posts in. */
export interface TelegramAccount extends Bot {
  /** `@name` or a number. */
  chat: string;
}

export function connectTelegram(account: TelegramAccount): Connection {
  const { chat, now } = account;
  const call = createCall(account);

  return {
    async publish(outgoing, index, { sent, deadline }) {
      const part = partAt(outgoing, index);
      checkPart(part);
      refuseAll('Telegram', refuses(outgoing, index));
      const answered = answeredOf(outgoing, index, sent, chat);
      const about = { operation: 'publish', acting: true, deadline, patience: 500_000 };
      const messages = await call(about, (api) => sendPart(api, chat, part, answered));
      return receiptOf(index, messages, now());
    },

    async edit(receipt, outgoing, index) {
      const part = partAt(outgoing, index);
      checkPart(part);
      refuseAll('Telegram', refuses(outgoing, index));
      if (part.poll) throw refuse('the words of a poll cannot be changed');
      const { chat: where, ids } = messagesOf(receipt);
      const id = ids[0] ?? 0;
      const { text, entities } = format(part.text);
      const preview = part.link && { link_preview_options: { url: part.link.url } };
      try {
        await call({ operation: 'edit' }, (api) =>
          part.media.length > 0
            ? api.editMessageCaption(where, id, { caption: text, caption_entities: entities })
            : api.editMessageText(where, id, text, { entities, ...preview }),
        );
      } catch (error) {
        if (!saysOf(error, /not modified/i)) throw error;
      }
      return receipt;
    },

    async remove(receipt) {
      const { chat: where, ids } = messagesOf(receipt);
      try {
        // Those that are gone already are skipped.
        await call({ operation: 'remove' }, (api) => api.deleteMessages(where, ids));
      } catch (error) {
        if (!saysOf(error, /message to delete not found/i)) throw error;
      }
    },

    async whoami() {
      const me = await call({ operation: 'read' }, (api) => api.getMe());
      const member = await call({ operation: 'read' }, (api) => api.getChatMember(chat, me.id));
      const rights = Object.entries(member).filter(
        ([name, may]) => name.startsWith('can_') && may === true,
      );
      return {
        id: String(me.id),
        name: `@${me.username}`,
        url: `https://t.me/${me.username}`,
        scopes: [member.status, ...rights.map(([name]) => name)],
      };
    },

    listen: (listening) => listenTelegram(call, listening),
  };
}

const refuse = (message: string) =>
  fail('DELIVERY_REFUSED', { platform: 'Telegram', status: 400, message });

function saysOf(error: unknown, pattern: RegExp): boolean {
  return isError(error, 'DELIVERY_REFUSED') && pattern.test(String(error.details.message));
}

function partAt({ parts }: Outgoing, index: number): Part {
  const part = parts[index];
  if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
  return part;
}

/** Each part answers the one before it, the first what the post answers, if anything. */
function answeredOf(outgoing: Outgoing, index: number, sent: Attempt['sent'], chat: string) {
  const before: Receipt | undefined = sent.findLast(({ part }) => part < index);
  if (before) {
    const [message_id] = messagesOf(before).ids;
    return message_id === undefined ? undefined : { message_id };
  }
  if (outgoing.reply === undefined || index > 0) return undefined;
  const answered = answeredBy(outgoing.reply, chat);
  if (!answered) throw refuse(`"${outgoing.reply}" is no address of a message`);
  return answered;
}
