import { checkPart, isVideo, refusal, refuseAll, thatHold } from '../parts.ts';
import type { Media, Outgoing, Part } from '../platform.ts';
import type { Settings } from './compose.ts';
import type { Creator } from './creator.ts';
import { headline, measure, media } from './measure.ts';

const refuse = (message: string, remedy?: string) => refusal('TikTok', message, remedy);

/** See `Platform.refuses`. */
export function refuses(
  { parts, at, reply, title = '' }: Outgoing,
  index: number,
): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const { limit } = headline;
  // Units of UTF-16, of which a title that is short enough by characters may have more.
  const isLong = title.length > limit && Array.from(title).length <= limit;
  return thatHold([
    part.link && 'a post has no link card',
    reply !== undefined && 'it takes no answers through its API',
    at !== undefined && 'it plans no posts',
    isLong &&
      !part.media.some(isVideo) &&
      `the title has ${String(title.length)} characters of ${String(limit)}`,
  ]);
}

/** Refuses what TikTok would refuse of a post. Throws DELIVERY_REFUSED. */
export function checkPost(outgoing: Outgoing, part: Part): void {
  const { byUrl: _, ...files } = media;
  const hasVideo = part.media.some(isVideo);
  // Videos are uploaded; only photos need an address.
  checkPart(part, { platform: 'TikTok', measure, media: hasVideo ? files : media });
  if (part.media.length === 0) throw refuse('a post needs a video or photos');
  refuseAll('TikTok', refuses(outgoing, 0));
  if (part.poll) throw refuse('a post has no poll');
  if (outgoing.parts.length > 1) throw refuse('nothing can be said below a post through its API');
  const { length } = outgoing.title ?? '';
  if (!hasVideo && length > headline.limit)
    throw refuse(`the title has ${String(length)} characters of ${String(headline.limit)}`);
}

/** Refuses what the account may not do now. Throws DELIVERY_REFUSED. */
export function checkCreator(
  creator: Creator,
  { privacy }: Pick<Settings, 'privacy'>,
  video: Media | undefined,
): void {
  const { privacy_level_options: options, max_video_post_duration_sec: longest } = creator;
  if (!options.includes(privacy))
    throw refuse(
      `the account may not post as ${privacy}`,
      `Set \`privacy\` of the account in the profile to one of ${options.join(', ')}.`,
    );
  const seconds = video?.seconds;
  if (seconds !== undefined && longest !== undefined && seconds > longest)
    throw refuse(
      `the video is ${String(seconds)} s long; this account may post ${String(longest)} s`,
    );
}
