import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules } from '../platform.ts';

/** Characters of a post, by third parties; Meta names no number. A comment takes fewer. */
const most = { post: 63_206, comment: 8000 };

/** A post shows no markup: links stand behind their words. */
export const show = (text: string): string => withLinks(parseMarkup(text));

/** UTF-16 units: the strictest reading of "characters". */
export function measure(text: string): Measure {
  const { length } = show(text);
  return { length, limit: most.post, unit: 'characters', fits: length <= most.post };
}

export function measureComment(text: string): Measure {
  const { length } = show(text);
  return { length, limit: most.comment, unit: 'characters', fits: length <= most.comment };
}

/** Meta's pages on photos and videos of a Page. Alt texts have no documented limit. */
export const media = {
  count: 10,
  types: ['image/jpeg', 'image/png'],
  bytes: 10_000_000,
  altRequired: false,
  video: {
    count: 1,
    types: ['video/mp4', 'video/quicktime'],
    bytes: 10_000_000_000,
    length: { min: 1, max: 14_400 },
  },
} satisfies MediaRules;
