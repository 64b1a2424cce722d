import { isVideo } from '../parts.ts';
import { type Api, InputFile } from 'grammy';
import type { Message, MessageEntity } from 'grammy/types';
import { fail } from '../../errors.ts';
import { type Markup, parseMarkup, type Span } from '../markup.ts';
import type { Media, Part } from '../outgoing.ts';
import { splitQuestion } from '../question.ts';
import { captionLimit, measure, media as rules } from './measure.ts';
import { spellOut } from './spell.ts';

const kinds = {
  bold: 'bold',
  italic: 'italic',
  strike: 'strikethrough',
  code: 'code',
} as const;

/** A text and what is marked in it, in UTF-16 code units (Bot API, MessageEntity). */
export interface Formatted {
  text: string;
  entities: MessageEntity[];
}

/** Telegram's own form of a Markdown text; nothing in it is ever parsed as markup by Telegram. */
export function format(text: string): Formatted {
  return formatted(parseMarkup(text));
}

function formatted(markup: Markup): Formatted {
  const { plain, spans } = spellOut(markup);
  const entities = spans.map((span: Span): MessageEntity => {
    const place = { offset: span.start, length: span.end - span.start };
    if (span.style === 'link') return { type: 'text_link', url: span.url ?? '', ...place };
    return { type: kinds[span.style], ...place };
  });
  return { text: plain, entities };
}

/** Refuses what the network would refuse, before anything has left. */
export function checkPart({ text, media, poll, link }: Part): void {
  const refuse = (message: string) =>
    fail('DELIVERY_REFUSED', { platform: 'Telegram', status: 400, message });
  const { fits, length, limit } = measure(text);
  if (!fits) throw refuse(`the text has ${length} characters of ${limit}`);
  if (media.length > 0 && length > captionLimit)
    throw refuse(`a text with files may have ${captionLimit} characters, this has ${length}`);
  if (length === 0 && media.length === 0) throw refuse('there is no text');
  if (media.length > rules.count) throw refuse(`${media.length} files of ${rules.count}`);
  if (media.length > 1 && media.some(({ type }) => type === 'image/gif'))
    throw refuse('a GIF can only go alone');
  for (const { name, type, bytes } of media) {
    const [types, most] = rules.video.types.includes(type)
      ? [rules.video.types, rules.video.bytes]
      : [rules.types, rules.bytes];
    if (!types.includes(type)) throw refuse(`${name} is ${type}, which it does not take`);
    if (bytes.length > most) throw refuse(`${name} has ${bytes.length} bytes of ${most}`);
  }
  if (!poll) return;
  if (media.length > 0 || link) throw refuse('a poll cannot have files or a link card');
  const { options } = poll;
  if (options.length < 2 || options.length > 12) throw refuse('a poll has 2 to 12 options');
  const wrong = options.find((option) => option === '' || Array.from(option).length > 100);
  if (wrong !== undefined) throw refuse(`an option has 1 to 100 characters: "${wrong}"`);
  if (poll.duration < 5_000 || poll.duration > 2_628_000_000)
    throw refuse('a poll is open for 5 seconds to 30 days');
}

/** What a message answers. */
export interface Answered {
  message_id: number;
  chat_id?: number | string;
}

/** Sends a part in one request; an album comes as several messages. */
export async function sendPart(
  api: Api,
  chat: string,
  part: Part,
  answered: Answered | undefined,
): Promise<Message[]> {
  const { media, poll, link } = part;
  const reply = answered && { reply_parameters: answered };
  if (poll) {
    const { question, before } = splitQuestion(part.text);
    const description = formatted(before);
    const options = poll.options.map((option) => ({ text: option }));
    const other = {
      open_period: Math.round(poll.duration / 1000),
      allows_multiple_answers: poll.multiple === true,
      ...(description.text !== '' && {
        description: description.text,
        description_entities: description.entities,
      }),
      ...reply,
    };
    return [await api.sendPoll(chat, question, options, other)];
  }
  const { text, entities } = format(part.text);
  const [first, ...others] = media;
  if (first === undefined) {
    const preview = link && { link_preview_options: { url: link.url } };
    return [await api.sendMessage(chat, text, { entities, ...preview, ...reply })];
  }
  const caption = { caption: text, caption_entities: entities };
  if (others.length === 0) {
    const other = { ...caption, ...reply };
    if (first.type === 'image/gif') return [await api.sendAnimation(chat, fileOf(first), other)];
    if (isVideo(first))
      return [await api.sendVideo(chat, fileOf(first), { ...sizes(first), ...other })];
    return [await api.sendPhoto(chat, fileOf(first), other)];
  }
  // The text of the first is shown for the album.
  const album = media.map((each, index) => ({
    media: fileOf(each),
    ...(index === 0 && caption),
    ...(isVideo(each) ? { type: 'video' as const, ...sizes(each) } : { type: 'photo' as const }),
  }));
  return api.sendMediaGroup(chat, album, { ...reply });
}
const fileOf = ({ bytes, name }: Media) => new InputFile(bytes, name);

function sizes({ width, height, seconds }: Media) {
  return {
    supports_streaming: true,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(seconds !== undefined && { duration: Math.round(seconds) }),
  };
}
