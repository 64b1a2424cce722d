import { type Message, signalOfMessage } from '../../platforms/telegram/read.ts';
import type { Signal } from '../signal.ts';
import { countsIn, type Counts, idOf, type Json, numberOf, objectOf, objectsOf } from './json.ts';
import { stringOf, withMore } from './json.ts';
import { exported } from './telegram-export.ts';
import { objectsIn } from './walk.ts';

/**
 * Messages of Telegram that hold words: of updates of the Bot API, alone, those they answer or pin, and of what Telegram's
 * apps and clients save.
 */
export function readTelegram(raw: unknown): Signal[] {
  return objectsIn(raw).flatMap(({ object, parent }) => {
    const own = messageOf(object);
    const read = own ? { message: own, counts: countsOf(object) } : exported(object, parent);
    const signal = read && signalOfMessage(read.message);
    if (signal === undefined) return [];
    const links = [...objectsOf(object.entities), ...objectsOf(object.caption_entities)];
    return withMore(signal, {
      counts: read?.counts ?? {},
      links: links.flatMap(({ url }) => stringOf(url) ?? []),
      copy: ['forward_origin', 'forward_date', 'forwarded_from', 'fwd_from'].some((name) =>
        Boolean(object[name]),
      ),
    });
  });
}

/** A message as the Bot API has it. What a poll asks, or a list is called, are its words. */
function messageOf(object: Json): Message | undefined {
  const message_id = numberOf(object.message_id);
  const date = numberOf(object.date);
  const chat = whoOf(object.chat);
  if (message_id === undefined || date === undefined || chat === undefined) return undefined;
  const text = stringOf(object.text) ?? stringOf(object.caption);
  const asked =
    stringOf(objectOf(object.poll)?.question) ?? stringOf(objectOf(object.checklist)?.title);
  const from = whoOf(object.from);
  const sender_chat = whoOf(object.sender_chat);
  return {
    message_id,
    date,
    chat,
    text: text ?? asked,
    ...(from && { from: { ...from, is_bot: objectOf(object.from)?.is_bot === true } }),
    ...(sender_chat && { sender_chat }),
  };
}

function whoOf(value: unknown): Message['chat'] | undefined {
  const who = objectOf(value);
  const id = numberOf(who?.id) ?? Number(idOf(who?.id) ?? NaN);
  if (Number.isNaN(id)) return undefined;
  return { id, username: stringOf(who?.username), title: stringOf(who?.title) };
}

function countsOf(object: Json): Counts {
  const counts = countsIn(object, [
    ['sender_boost_count', 'boosts'],
    ['paid_star_count', 'stars'],
  ]);
  return countsIn(objectOf(object.poll), [['total_voter_count', 'votes']], counts);
}
