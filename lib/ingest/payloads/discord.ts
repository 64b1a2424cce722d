import { type Message, signalOf } from '../../platforms/discord/read.ts';
import { timeOf } from '../../platforms/discord/snowflake.ts';
import type { Signal } from '../signal.ts';
import {
  type Counts,
  dateOf,
  hashOf,
  idOf,
  type Json,
  numberOf,
  objectOf,
  objectsOf,
} from './json.ts';
import { stringOf, withMore } from './json.ts';
import { type Found, snakeObjectsIn } from './walk.ts';

/**
 * Messages of Discord that hold words: of the gateway's frames, of lists, those they answer, and those they pass on. An
 * edit that says nothing of the words holds none.
 */
export function readDiscord(raw: unknown): Signal[] {
  return snakeObjectsIn(raw).flatMap((found) => {
    const message = messageOf(found);
    if (message === undefined) return [];
    const signal = signalOf(message, undefined);
    if (signal.text === '') return [];
    return withMore(signal, { counts: countsOf(found.object), copy: isSnapshot(found) });
  });
}

const number = /^\d{1,20}$/;
/** What is passed on comes without its number and author, below the message that does so. */
const isSnapshot = ({ key, object }: Found) =>
  key === 'message' && object.id === undefined && dateOf(object.timestamp) !== undefined;

function messageOf(found: Found) {
  const { object } = found;
  const content = object.content ?? object.clean_content;
  const asked = stringOf(objectOf(objectOf(object.poll)?.question)?.text);
  if (typeof content !== 'string' && asked === undefined) return undefined;
  const stamp =
    dateOf(object.timestamp) ?? dateOf(object.created_at) ?? dateOf(object.created_timestamp);
  const inner = isSnapshot(found);
  const id = idOf(object.id) ?? (inner ? hashOf(stamp, content) : undefined);
  // Exports name the channel once, around its messages.
  const around = objectOf(found.parent?.channel)?.id;
  const channel =
    idOf(object.channel_id) ??
    (found.key === 'messages' ? idOf(around) : undefined) ??
    (inner ? '0' : undefined);
  // Content stands elsewhere too: what a rule blocked, a sticker's words, an embed's.
  if (id === undefined || channel === undefined || (!inner && !number.test(id))) return undefined;
  const author = objectOf(object.author);
  const name =
    stringOf(author?.username) ??
    stringOf(author?.name) ??
    stringOf(author?.global_name) ??
    idOf(author?.id);
  const guild_id = idOf(object.guild_id);
  return {
    id,
    channel_id: channel,
    content: typeof content === 'string' ? content : '',
    timestamp: stamp ?? new Date(timeOf(id)).toISOString(),
    mentions: objectsOf(object.mentions).flatMap(whoOf),
    ...(name !== undefined && {
      author: {
        id: idOf(author?.id) ?? '',
        username: name,
        bot: author?.bot === true || author?.is_bot === true,
      },
    }),
    ...(guild_id !== undefined && { guild_id }),
    ...(asked !== undefined && { poll: { question: { text: asked } } }),
  };
}

function whoOf(object: Json): NonNullable<Message['mentions']> {
  const id = idOf(object.id);
  const username = stringOf(object.username);
  return id === undefined || username === undefined ? [] : [{ id, username }];
}

/** All reactions, whatever they show; answers in a thread below it; votes in its poll. */
function countsOf(object: Json): Counts {
  const sum = (list: unknown) =>
    objectsOf(list).reduce((all, { count }) => all + (numberOf(count) ?? 0), 0);
  const replies = numberOf(objectOf(object.thread)?.message_count);
  const votes = objectOf(objectOf(object.poll)?.results)?.answer_counts;
  return {
    ...(Array.isArray(object.reactions) && { likes: sum(object.reactions) }),
    ...(replies !== undefined && { replies }),
    ...(Array.isArray(votes) && { votes: sum(votes) }),
  };
}
