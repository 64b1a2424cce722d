import { fail, PulseError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Connection } from '../platform.ts';
import { splitQuestion } from '../question.ts';
import { sinceOf } from '../since.ts';
import type { createAbout } from './about.ts';
import type { Call } from './call.ts';
import { readAfter } from './history.ts';
import { contentOf } from './measure.ts';
import type { Message } from './read.ts';
import { isAfter, snowflakeAt } from './snowflake.ts';

/** Clocks differ, ours and theirs; ms. */
const slack = 60_000;

/**
 * Looks through what the channel holds since the first claim for a message of ours with these words, in its place of
 * the thread. Absent only where the history can be read: without that right Discord shows an empty one.
 */
export function createFind(
  call: Call,
  about: ReturnType<typeof createAbout>,
  channel: string,
  receiptOf: (part: number, message: Message, guild: string) => Receipt,
): NonNullable<Connection['find']> {
  return async (outgoing, index, handles, sent) => {
    const part = outgoing.parts[index];
    const since = sinceOf(handles[index]);
    if (!part || since === 0) return 'unknown';
    try {
      const start = snowflakeAt(since - slack);
      const { messages, whole } = await readAfter(call, channel, start);
      const [me, guild] = [await about.me(), await about.guild()];
      const known = new Set(sent.map(({ id }) => id.split('/').at(-1)));
      const above = sent
        .findLast((each) => each.part < index)
        ?.id.split('/')
        .at(-1);
      const found = messages.find(
        (message) =>
          message.author.id === me.id &&
          !known.has(message.id) &&
          (above === undefined || message.message_reference?.message_id === above) &&
          isSame(message, part),
      );
      if (found) return receiptOf(index, found, guild);
      if (!whole) return 'unknown';
      if (messages.length > 0) return 'absent';
      const { last_message_id: last } = await about.channel();
      return last && isAfter(last, start) ? 'unknown' : 'absent';
    } catch (error) {
      if (error instanceof PulseError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw fail('DELIVERY_BUSY', { platform: 'Discord', status: 0, message });
    }
  };
}

function isSame({ content, poll }: Message, part: { text: string; poll?: unknown }): boolean {
  if (part.poll) return poll?.question.text === splitQuestion(part.text).question;
  return !poll && content.trim().normalize('NFC') === contentOf(part.text).normalize('NFC');
}
