import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules } from '../platform.ts';

/** Units of UTF-16, "runes" in TikTok's words: the title of a video; photos would take 4000 and a title of 90. */
const most = { caption: 2200, title: 90 };

/** TikTok shows no markup; links stand behind their words. */
export const show = (text: string): string => withLinks(parseMarkup(text));

/** Counted as for a video, whatever comes with it: the text alone does not say which of the two it is. */
export function measure(text: string): Measure {
  const { length } = show(text);
  return { length, limit: most.caption, unit: 'characters', fits: length <= most.caption };
}

/** Title of photos; a video has none beside its text. */
export const headline = { limit: most.title, unit: 'characters', required: false } as const;

/** "Media Transfer Guide": photos are fetched, of 1080p at most; videos are uploaded. */
export const media = {
  count: 35,
  types: ['image/jpeg', 'image/webp'],
  bytes: 20_000_000,
  altRequired: false,
  altLength: 0,
  size: { width: 1080, height: 1920 },
  video: {
    count: 1,
    types: ['video/mp4', 'video/webm', 'video/quicktime'],
    bytes: 4 * 1024 ** 3,
    length: { min: 1, max: 600 },
  },
  required: true,
  byUrl: 'images',
} satisfies MediaRules;
