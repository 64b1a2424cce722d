import { fail, type PulseError } from '../../errors.ts';
import { isVideo, showsNothing, thatHold } from '../parts.ts';
import type { Media, Outgoing, Part } from '../platform.ts';
import { measure, media as rules, poll as pollRules, wordsOf } from './measure.ts';
import { entitiesOf } from './text.ts';

/** GIFs may be larger than other images: docs.x.com, media best practices. */
const gifBytes = 15_000_000;

/** Body of `POST /2/tweets`. */
export interface Tweet {
  text?: string;
  media?: { media_ids: readonly string[] };
  poll?: { options: readonly string[]; duration_minutes: number };
  reply?: { in_reply_to_tweet_id: string };
  edit_options?: { previous_post_id: string };
}

/** Part `index` as X is sent it; `parent` is the id of the post it answers. */
export function composeTweet(
  part: Part,
  about: { mediaIds: readonly string[]; parent?: string | undefined },
): Tweet {
  const text = wordsOf(part.text);
  return {
    ...(text !== '' && { text }),
    ...(about.mediaIds.length > 0 && { media: { media_ids: about.mediaIds } }),
    ...(part.poll && {
      poll: {
        options: part.poll.options,
        duration_minutes: Math.round(part.poll.duration / 60_000),
      },
    }),
    ...(about.parent !== undefined && { reply: { in_reply_to_tweet_id: about.parent } }),
  };
}

/** Whether X charges for a post as for one with a link. */
export const holdsLink = (part: Part): boolean =>
  entitiesOf(wordsOf(part.text)).some(({ what }) => what === 'url');

/** Id of a post of its address or of the id itself; undefined for what is neither. */
export function tweetId(post: string): string | undefined {
  return /^\d{1,19}$/.test(post) ? post : /\/status(?:es)?\/(\d{1,19})/.exec(post)?.[1];
}

/** See `Platform.refuses`. */
export function refuses({ parts, at, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const cashtags = entitiesOf(wordsOf(part.text)).filter(({ what }) => what === 'cashtag').length;
  return thatHold([
    showsNothing(part, wordsOf),
    cashtags > 1 && `${String(cashtags)} cashtags, X takes one from an app`,
    at !== undefined && 'X shows posts at once; it takes no time for later',
    index === 0 &&
      reply !== undefined &&
      tweetId(reply) === undefined &&
      `"${reply}" is no post on X; give its address`,
  ]);
}

/** Refuses what X would refuse, before anything leaves. */
export function checkPart(outgoing: Outgoing, part: Part, index: number): void {
  const problems = [
    ...problemsOf(part),
    ...part.media.flatMap(problemsOfFile),
    ...refuses(outgoing, index),
  ];
  if (problems.length > 0) throw refuse(problems.join('; '));
}

function problemsOf(part: Part): string[] {
  const found: string[] = [];
  const { length, limit, unit, fits } = measure(part.text);
  if (!fits) found.push(`the text has ${String(length)} ${unit} of ${String(limit)}`);
  if (part.text.trim() === '' && part.media.length === 0)
    found.push('it has neither words nor media');
  const moving = part.media.filter((file) => file.type === 'image/gif' || isVideo(file));
  if (part.media.length > rules.count)
    found.push(`${String(part.media.length)} images of ${String(rules.count)}`);
  else if (moving.length > 0 && part.media.length > 1)
    found.push('a video or GIF stands alone on X, without other media');
  if (!part.poll) return found;
  const { options, duration, multiple } = part.poll;
  const { min, max } = pollRules.options;
  if (part.media.length > 0) found.push('a poll has no media on X');
  if (multiple) found.push('a poll on X takes one answer from each');
  if (options.length < min || options.length > max)
    found.push(`a poll has ${String(min)} to ${String(max)} options on X`);
  for (const option of options)
    if (option === '' || Array.from(option).length > pollRules.length)
      found.push(`the option "${option}" is not 1 to ${String(pollRules.length)} characters long`);
  if (duration < pollRules.duration.min || duration > pollRules.duration.max)
    found.push('a poll is open for 5 minutes to 7 days on X');
  return found;
}

function problemsOfFile(file: Media): string[] {
  const { name, type, bytes, alt, seconds } = file;
  const found: string[] = [];
  const { video } = rules;
  const moves = isVideo(file);
  const most = moves ? (video?.bytes ?? 0) : type === 'image/gif' ? gifBytes : rules.bytes;
  if (!(moves ? video?.types : rules.types)?.includes(type))
    found.push(`${name} is ${type}, which X does not take`);
  else if (bytes.length > most)
    found.push(`${name} has ${String(bytes.length)} bytes of ${String(most)}`);
  if (bytes.length === 0) found.push(`${name} is empty`);
  if (!moves && Array.from(alt).length > (rules.altLength ?? 0))
    found.push(`the alt text of ${name} has ${String(alt.length)} characters of 1000`);
  if (moves && video && seconds !== undefined)
    if (seconds < video.length.min || seconds > video.length.max)
      found.push(`${name} is ${String(seconds)} seconds long, X takes half a second to 140`);
  return found;
}

function refuse(message: string): PulseError {
  return fail('DELIVERY_REFUSED', { platform: 'X', status: 400, message });
}
