import { createHash } from 'node:crypto';
import { fail, type PulseError } from '../errors.ts';
import type { Receipt } from '../store/record.ts';
import type { Media, Outgoing, Part } from './outgoing.ts';
import type { Measure, MediaRules } from './rules.ts';

/** What is known of a part before anything leaves. */
export interface Limits {
  platform: string;
  measure: (text: string) => Measure;
  media: MediaRules;
}

export function refusal(platform: string, message: string, remedy?: string): PulseError {
  return fail('DELIVERY_REFUSED', { platform, status: 400, message, ...(remedy && { remedy }) });
}

/** The part, or INTERNAL when there is none. */
export function partAt({ parts }: Outgoing, index: number): Part {
  const part = parts[index];
  if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
  return part;
}

/** Throws DELIVERY_REFUSED for what stands in the list. */
export function refuseAll(platform: string, problems: readonly string[], remedy?: string): void {
  if (problems.length > 0) throw refusal(platform, problems.join('; '), remedy);
}

/** Those that hold of a list of conditions. */
export const thatHold = (problems: readonly (string | false | undefined)[]): string[] =>
  problems.filter((problem) => typeof problem === 'string');

/** What is wrong with words that a post may have and a comment may not; undefined when nothing. */
export function tooLongBelow(
  { text }: Part,
  { post, comment }: Record<'post' | 'comment', (text: string) => Measure>,
): string | undefined {
  const { fits, length, limit, unit } = comment(text);
  // Too long for a post as well is told of every part.
  if (fits || !post(text).fits) return undefined;
  return `a comment has ${String(limit)} ${unit} at most, this has ${String(length)}`;
}

/** Markup that leaves no words, where there are no files. */
export function showsNothing({ text, media }: Part, show: (text: string) => string) {
  return (
    media.length === 0 &&
    text.trim() !== '' &&
    show(text).trim() === '' &&
    'nothing is left of the text without its markup'
  );
}

/** Tells what was prepared for these words and files from what was prepared for others; addresses may change. */
export function printOf({ text, media, poll, link }: Part, answers?: string): string {
  const files = media.map(({ bytes, alt }) => [
    createHash('sha256').update(bytes).digest('hex'),
    alt,
  ]);
  const whole = JSON.stringify([text, files, poll, link?.url, answers]);
  return createHash('sha256').update(whole).digest('hex').slice(0, 16);
}

export const isVideo = ({ type }: Media): boolean => type.startsWith('video/');

/** Whether any part of a delivery shows a video: its upload takes its time. */
export const hasVideo = ({ parts }: Outgoing): boolean =>
  parts.some(({ media }) => media.some(isVideo));

/**
 * Id of what a part is a comment below: the post before it, or what the whole answers, by `idIn` an address. Undefined
 * for a post of its own. Throws DELIVERY_REFUSED for an address whose post cannot be told.
 */
export function commentedOn(
  { reply }: Outgoing,
  index: number,
  sent: readonly Receipt[],
  how: { platform: string; idIn: (reply: string) => string | undefined; remedy: string },
): string | undefined {
  if (index > 0) return sent.find(({ part }) => part === 0)?.id;
  if (reply === undefined) return undefined;
  const id = how.idIn(reply);
  if (id !== undefined) return id;
  throw refusal(how.platform, `"${reply}" does not say which post it answers`, how.remedy);
}

/** Refuses what a network would refuse of a part's text and files. Throws DELIVERY_REFUSED. */
export function checkPart(part: Part, { platform, measure, media: rules }: Limits): void {
  const refuse = (message: string, remedy?: string) => refusal(platform, message, remedy);
  const { fits, length, limit, unit } = measure(part.text);
  if (!fits) throw refuse(`the text has ${String(length)} ${unit} of ${String(limit)}`);
  const { media } = part;
  if (part.text.trim() === '' && media.length === 0 && !part.link)
    throw refuse('there is nothing to show');
  if (media.length > rules.count)
    throw refuse(`there are ${String(media.length)} files of ${String(rules.count)} at most`);
  const videos = media.filter(isVideo);
  if (videos.length > (rules.video?.count ?? 0))
    throw refuse(`there are ${String(videos.length)} videos of ${String(rules.video?.count ?? 0)}`);
  if (!rules.mixed && videos.length > 0 && videos.length < media.length)
    throw refuse('images and videos cannot be in one post');
  for (const file of media) checkFile(file, rules, refuse);
}

function checkFile(
  file: Media,
  rules: MediaRules,
  refuse: (message: string, remedy?: string) => PulseError,
): void {
  const { name, type, bytes, alt, url, seconds } = file;
  const {
    types,
    bytes: most,
    length,
  } = isVideo(file) && rules.video ? rules.video : { ...rules, length: undefined };
  if (!types.includes(type)) throw refuse(`${name} is ${type}; it takes ${types.join(', ')}`);
  if (bytes.length > most)
    throw refuse(`${name} has ${String(bytes.length)} bytes of ${String(most)}`);
  if (Array.from(alt).length > (rules.altLength ?? Infinity))
    throw refuse(`the alt text of ${name} is longer than ${String(rules.altLength)} characters`);
  if (length && seconds !== undefined && (seconds < length.min || seconds > length.max))
    throw refuse(
      `${name} is ${String(seconds)} s long, not ${String(length.min)} to ${String(length.max)}`,
    );
  if (rules.byUrl && !/^https?:/.test(url ?? ''))
    throw refuse(
      `${name} has no address it could be fetched from`,
      'Set PULSE_MEDIA_URL to where the bot can be reached from outside, then `/pulse retry`.',
    );
}
