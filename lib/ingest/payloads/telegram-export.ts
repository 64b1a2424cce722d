import { parseDate } from '../../platforms/dates.ts';
import type { Message } from '../../platforms/telegram/read.ts';
import { countsIn, type Counts, type Json, listOf, numberOf, objectOf, objectsOf } from './json.ts';
import { stringOf } from './json.ts';

/**
 * A message as Telegram's desktop app saves it ("Export chat history", machine-readable JSON), or as clients of its own
 * protocol keep it (constructor `message` of MTProto); undefined for what is neither. `parent` is the chat saved.
 */
export function exported(
  object: Json,
  parent: Json | undefined,
): { message: Message; counts: Counts } | undefined {
  const message_id = numberOf(object.id);
  if (message_id === undefined) return undefined;
  if (object._ === 'Message' || object._ === 'message') return ofProtocol(object, message_id);
  if (object.type !== 'message') return undefined;
  const date = numberOf(object.date_unixtime) ?? secondsOf(object.date);
  if (date === undefined) return undefined;
  const from = stringOf(object.from_id) ?? stringOf(object.from);
  const chat = { id: numberOf(parent?.id) ?? 0, title: stringOf(parent?.name) };
  return {
    message: {
      message_id,
      date,
      chat,
      text: spelled(object.text),
      ...(from !== undefined && { from: { id: 0, username: from } }),
    },
    counts: likesIn(object.reactions),
  };
}

function ofProtocol(object: Json, message_id: number) {
  const date = numberOf(object.date) ?? secondsOf(object.date);
  if (date === undefined) return undefined;
  const id = placeOf(object.peer_id) ?? 0;
  const from = placeOf(object.from_id);
  const counts = countsIn(object, [
    ['views', 'views'],
    ['forwards', 'reposts'],
  ]);
  countsIn(objectOf(object.replies), [['replies', 'replies']], counts);
  return {
    message: {
      message_id,
      date,
      chat: { id },
      text: stringOf(object.message),
      ...(from !== undefined && { from: { id: from } }),
    },
    counts: { ...counts, ...likesIn(objectOf(object.reactions)?.results) },
  };
}

/** Number of the channel, group or person. */
function placeOf(value: unknown): number | undefined {
  const { channel_id, chat_id, user_id } = objectOf(value) ?? {};
  return numberOf(channel_id) ?? numberOf(chat_id) ?? numberOf(user_id);
}

/** The app saves a text with links as a list of its pieces. */
function spelled(text: unknown): string {
  if (typeof text === 'string') return text;
  return listOf(text)
    .map((each) => (typeof each === 'string' ? each : (stringOf(objectOf(each)?.text) ?? '')))
    .join('');
}

function secondsOf(date: unknown): number | undefined {
  const at = parseDate(stringOf(date) ?? '');
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

function likesIn(reactions: unknown): Counts {
  const all = objectsOf(reactions).map(({ count }) => numberOf(count) ?? 0);
  return all.length === 0 ? {} : { likes: all.reduce((sum, each) => sum + each, 0) };
}
