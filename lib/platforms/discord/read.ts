import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { hashtagsOf } from '../plain.ts';

const id = z.string().regex(/^\d{1,20}$/);
const author = z.object({
  id,
  username: z.string(),
  bot: z.boolean().optional().catch(undefined),
});

/** What is kept of a message (documentation, "Message Object"). */
export const messageSchema = z.object({
  id,
  channel_id: id,
  guild_id: id.optional(),
  content: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  author,
  mentions: z.array(author).optional(),
  reactions: z.array(z.object({ count: z.number() })).optional(),
  message_reference: z.object({ message_id: id.optional() }).optional(),
  referenced_message: z.object({ author }).nullish(),
  poll: z.object({ question: z.object({ text: z.string().optional() }) }).optional(),
});
export type Message = z.infer<typeof messageSchema>;

/** Where people find a message. */
export function urlOf(guild: string | undefined, channel: string, message: string): string {
  return `https://discord.com/channels/${guild ?? '@me'}/${channel}/${message}`;
}

/**
 * A message as a post; without words when the bot may not read them, or when there are none. Edits may come without
 * their author.
 */
export function signalOf(
  message: Omit<Message, 'author'> & Partial<Pick<Message, 'author'>>,
  guild: string | undefined,
): Signal {
  const text = plainOf(message).normalize('NFC');
  const likes = likesOf(message);
  return {
    id: `discord:${message.channel_id}/${message.id}`,
    network: 'discord',
    text,
    at: Date.parse(message.timestamp),
    ...(message.author && { author: message.author.username }),
    url: urlOf(message.guild_id ?? guild, message.channel_id, message.id),
    tags: hashtagsOf(text),
    ...(likes > 0 && { counts: { likes } }),
    ...(message.author?.bot === true && { marks: ['automated'] }),
  };
}

/** All reactions, whatever they show. */
export function likesOf({ reactions = [] }: Pick<Message, 'reactions'>): number {
  return reactions.reduce((sum, { count }) => sum + count, 0);
}

/** Words of a message without its markup, names in place of ids. */
function plainOf({ content, mentions = [], poll }: Omit<Message, 'author'>): string {
  const names = new Map(mentions.map((each) => [each.id, each.username]));
  const asked = poll?.question.text ?? '';
  return [content, asked]
    .filter((text) => text !== '')
    .join('\n\n')
    .replace(/<@!?(\d+)>/g, (all, who: string) => `@${names.get(who) ?? 'someone'}`)
    .replace(/<a?:(\w+):\d+>/g, ':$1:')
    .replace(/<(https?:\/\/[^\s>]+)>/g, '$1')
    .replace(/\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/g, '$1')
    .replace(/\\([^\sA-Za-z0-9])|\*\*|__|~~|\|\||(?<![\w\\])[*_](?=\S)|(?<=\S)[*_](?!\w)/g, '$1');
}
