import type { RawFile } from '@discordjs/rest';
import { fail } from '../../errors.ts';
import type { Media, Part } from '../outgoing.ts';
import { splitQuestion } from '../question.ts';
import { filesOf } from './check.ts';
import { render } from './markdown.ts';
import { contentOf, fileByTier, measure, media as rules } from './measure.ts';

/** Bytes of a file that no server takes. */
const largest = Math.max(...fileByTier);
const hour = 3_600_000;

/** Refuses what the network would refuse, before anything has left. */
export function checkPart(part: Part): void {
  const { text, media, poll, link } = part;
  const refuse = (message: string) =>
    fail('DELIVERY_REFUSED', { platform: 'Discord', status: 400, message });
  const { fits, length, limit } = measure(text);
  if (!fits) throw refuse(`the text has ${length} characters of ${limit}`);
  if (length === 0 && media.length === 0) throw refuse('there is no text');
  const files = filesOf(part);
  if (files.length > rules.count) throw refuse(`${files.length} files of ${rules.count}`);
  for (const { name, bytes, alt } of files) {
    if (bytes.length > largest) throw refuse(`${name} has ${bytes.length} bytes of ${largest}`);
    if (Array.from(alt).length > rules.altLength)
      throw refuse(`the alt text of ${name} has more than ${rules.altLength} characters`);
  }
  if (!poll) return;
  if (media.length > 0 || link) throw refuse('a poll cannot have files or a link card');
  if (poll.options.length < 1 || poll.options.length > 10)
    throw refuse('a poll has 1 to 10 options');
  const wrong = poll.options.find((option) => option === '' || Array.from(option).length > 55);
  if (wrong !== undefined) throw refuse(`an option has 1 to 55 characters: "${wrong}"`);
  if (poll.duration > 768 * hour) throw refuse('a poll is open for 32 days at most');
}

/** Of the body of Create Message, what the words and the card of a part become. */
export interface Composed {
  content?: string;
  allowed_mentions: { parse: readonly string[] };
  embeds?: readonly object[];
  poll?: object;
}

/** Words, poll and embeds of a message, without what makes it one of a thread. */
export function composePart({ text, poll, link, media }: Part): Composed {
  const quiet = { parse: [] };
  if (poll) {
    const { before, question } = splitQuestion(text);
    const content = render(before).trim();
    return {
      ...(content !== '' && { content }),
      allowed_mentions: quiet,
      poll: {
        question: { text: question },
        answers: poll.options.map((option) => ({ poll_media: { text: option } })),
        duration: Math.max(1, Math.ceil(poll.duration / hour)),
        allow_multiselect: poll.multiple === true,
      },
    };
  }
  const embed = link && {
    url: link.url,
    ...(link.title !== '' && { title: cut(link.title, 256) }),
    ...(link.description !== '' && { description: cut(link.description, 4096) }),
    ...(link.image && { image: { url: `attachment://${nameOf(link.image, media.length)}` } }),
  };
  return {
    content: contentOf(text),
    // Nobody is called by a name in the text, an @everyone of others' words least of all.
    allowed_mentions: quiet,
    ...(embed && { embeds: [embed] }),
  };
}

/** Files of a part in the order of their ids, and what describes them. */
export function attach(part: Part): { files: RawFile[]; attachments: object[] } {
  const media = filesOf(part);
  return {
    files: media.map((each, index) => ({
      data: each.bytes,
      contentType: each.type,
      name: nameOf(each, index),
    })),
    attachments: media.map((each, index) => ({
      id: String(index),
      filename: nameOf(each, index),
      ...(each.alt !== '' && { description: each.alt }),
    })),
  };
}

/** Names a link can hold; two files of one name would be one to an embed. */
function nameOf({ name }: Media, index: number): string {
  const safe = name.replace(/[^\w.-]+/g, '_').slice(-100);
  return `${index}-${safe}`;
}

function cut(text: string, most: number): string {
  const points = Array.from(text);
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}
