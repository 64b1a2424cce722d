import { makeURLSearchParams } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Call } from './call.ts';
import { type Message, messageSchema } from './read.ts';
import { isAfter } from './snowflake.ts';

/** Messages in one answer, at most (Get Channel Messages). */
const page = 100;
/** Pages read at most in one go. */
const mostPages = 20;

/** One page, oldest first, and whether there may be more; what is no message is left out. */
async function readPage(
  call: Call,
  channel: string,
  where: { after?: string; before?: string },
  signal?: AbortSignal,
): Promise<{ messages: Message[]; more: boolean }> {
  const query = makeURLSearchParams({ ...where, limit: page });
  const got = await call({ operation: 'read', signal }, (rest) =>
    rest.get(Routes.channelMessages(channel), { query }),
  );
  const list = z.array(z.unknown()).safeParse(got).data;
  if (!list) throw new Error('its answer is no list of messages');
  const messages = list.flatMap((each) => messageSchema.safeParse(each).data ?? []);
  return {
    messages: messages.toSorted((a, b) => (isAfter(a.id, b.id) ? 1 : -1)),
    more: list.length >= page,
  };
}

/** Messages of a channel newer than the id `after`, oldest first; `whole` is false when there were too many to read. */
export async function readAfter(
  call: Call,
  channel: string,
  after: string,
  signal?: AbortSignal,
): Promise<{ messages: Message[]; whole: boolean }> {
  const messages: Message[] = [];
  for (let pages = 0; pages < mostPages; pages += 1) {
    const start = messages.at(-1)?.id ?? after;
    const got = await readPage(call, channel, { after: start }, signal);
    messages.push(...got.messages);
    if (!got.more || got.messages.length === 0) return { messages, whole: !got.more };
  }
  return { messages, whole: false };
}

/** Messages of a channel back to `since` (ms UTC), newest first. */
export async function* readBack(
  call: Call,
  channel: string,
  since: number,
): AsyncGenerator<Message> {
  let before: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const got = await readPage(call, channel, before === undefined ? {} : { before });
    for (const message of got.messages.toReversed()) {
      if (Date.parse(message.timestamp) < since) return;
      yield message;
    }
    before = got.messages[0]?.id;
    if (!got.more || before === undefined) return;
  }
}
