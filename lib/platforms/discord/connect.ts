import { Routes } from 'discord-api-types/v10';
import { asPulseError, fail, isError } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Receipt } from '../../store/record.ts';
import type { Outgoing, Part } from '../outgoing.ts';
import { refuseAll } from '../parts.ts';
import type { Connection, Surroundings } from '../platform.ts';
import { createAbout, read } from './about.ts';
import { type Bot, createCall } from './call.ts';
import { messageIn, refuses } from './check.ts';
import { attach, checkPart, composePart } from './compose.ts';
import { createFind } from './find.ts';
import { readBack } from './history.ts';
import { fileByTier, media } from './measure.ts';
import { likesOf, type Message, messageSchema, signalOf, urlOf } from './read.ts';

/** A bot and the channel it writes in. */
export interface DiscordAccount extends Bot {
  channel: string;
  cache: Surroundings['cache'];
}

export function connectDiscord(account: DiscordAccount): Connection {
  const { channel } = account;
  const call = createCall(account);
  const about = createAbout(call, channel, account.cache);

  const receiptOf = (part: number, { id, timestamp }: Message, guild: string): Receipt => ({
    part,
    id: `${channel}/${id}`,
    url: urlOf(guild, channel, id),
    at: Date.parse(timestamp),
  });
  /** Posts of the channel, newest first, that `keep` wants. */
  async function* readable(
    since: number,
    keep: (message: Message, me: string) => boolean,
  ): AsyncGenerator<Signal> {
    try {
      const [me, guild] = [await about.me(), await about.guild()];
      for await (const message of readBack(call, channel, since)) {
        const signal = signalOf(message, guild);
        if (signal.text !== '' && keep(message, me.id)) yield signal;
      }
    } catch (error) {
      throw fail('SOURCE_FAILED', {
        source: 'The Discord channel',
        why: asPulseError(error).message,
      });
    }
  }

  return {
    async publish(outgoing, index, { handles, sent, deadline }) {
      const part = partAt(outgoing, index);
      checkPart(part);
      refuseAll('Discord', refuses(outgoing, index));
      const answered = answeredOf(outgoing, index, sent, channel);
      const guild = await about.guild(deadline);
      const { files, attachments } = attach(part);
      const body = {
        ...composePart(part),
        nonce: handles[index]?.nonce,
        enforce_nonce: true,
        ...(attachments.length > 0 && { attachments }),
        ...(answered !== undefined && { message_reference: { message_id: answered } }),
      };
      const what = { operation: 'publish', acting: true, deadline };
      return call(what, async (rest) => {
        const got = await rest.post(Routes.channelMessages(channel), { body, files });
        return receiptOf(index, read(messageSchema, got), guild);
      });
    },

    find: createFind(call, about, channel, receiptOf),

    async edit(receipt, outgoing, index) {
      const part = partAt(outgoing, index);
      checkPart(part);
      refuseAll('Discord', refuses(outgoing, index));
      if (part.poll) throw refuse('the words of a poll cannot be changed');
      const { content, embeds, allowed_mentions } = composePart({ ...part, media: [] });
      const body = { content, allowed_mentions, ...(embeds && !part.link?.image && { embeds }) };
      await call({ operation: 'edit' }, (rest) => rest.patch(routeOf(receipt), { body }));
      return receipt;
    },

    async remove(receipt) {
      try {
        await call({ operation: 'remove' }, (rest) => rest.delete(routeOf(receipt)));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },

    async metrics(receipts) {
      const numbers = await Promise.all(
        receipts.map(async (receipt) => {
          try {
            const got = await call({ operation: 'read' }, (rest) => rest.get(routeOf(receipt)));
            return [{ id: receipt.id, counts: { likes: likesOf(read(messageSchema, got)) } }];
          } catch (error) {
            if (isGone(error)) return [];
            throw error;
          }
        }),
      );
      return numbers.flat();
    },

    async whoami() {
      const { id, username } = await about.me();
      return { id, name: username };
    },

    async rules() {
      const bytes = fileByTier[await about.tier(await about.guild())];
      if (bytes === undefined) return {};
      return { media: { bytes, video: { ...media.video, bytes } } };
    },

    own: (since) => readable(since, ({ author }, me) => author.id === me),

    mentions: (since) =>
      readable(
        since,
        ({ author, mentions = [], referenced_message: above }, me) =>
          author.id !== me && (above?.author.id === me || mentions.some(({ id }) => id === me)),
      ),

    async *listen(listening) {
      const { listenDiscord } = await import('./listen.ts');
      yield* listenDiscord({ ...account, call, me: () => about.me() }, listening);
    },
  };
}

const refuse = (message: string) =>
  fail('DELIVERY_REFUSED', { platform: 'Discord', status: 400, message });

/** Unknown Message (10008), where there is no more to do. */
const isGone = (error: unknown): boolean =>
  isError(error, 'DELIVERY_REFUSED') && String(error.details.message).endsWith('[10008]');

function partAt({ parts }: Outgoing, index: number): Part {
  const part = parts[index];
  if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
  return part;
}

function routeOf({ id }: Receipt) {
  const [channel = '', message = ''] = id.split('/');
  return Routes.channelMessage(channel, message);
}

/** Each part answers the one before it, the first what the post answers, if anything; only within the channel. */
export function answeredOf(
  { reply }: Outgoing,
  index: number,
  sent: readonly Receipt[],
  channel: string,
): string | undefined {
  const before = sent.findLast(({ part }) => part < index);
  if (before) return before.id.split('/').at(-1);
  if (reply === undefined || index > 0) return undefined;
  const found = messageIn(reply);
  if (!found) throw refuse(`"${reply}" is no address of a message`);
  const { channel: where = channel, message } = found;
  if (where !== channel) throw refuse('a message can only be answered in its own channel');
  return message;
}
