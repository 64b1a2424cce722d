import { parseMarkup } from '../markup.ts';
import type { Measure, MediaRules } from '../platform.ts';
import { toReddit } from './compose.ts';

/** Characters of a post and of a comment (Reddit's own source, `r2/models/link.py`; a title has 300). */
export const limits = { post: 40_000, comment: 10_000, title: 300 } as const;

/** Length of the Markdown that Reddit is sent, its escapes included, in characters (code points). */
export function measure(text: string): Measure {
  const length = lengthOf(text);
  return { length, limit: limits.post, unit: 'characters', fits: length <= limits.post };
}

export function lengthOf(text: string): number {
  return Array.from(toReddit(text)).length;
}

export const show = (text: string): string => parseMarkup(text).plain.normalize('NFC').trim();

/** One image, or a gallery of up to 20. Reddit has no alt texts. */
export const media: MediaRules = {
  count: 20,
  types: ['image/png', 'image/jpeg', 'image/gif'],
  bytes: 20_000_000,
  altRequired: false,
  altLength: 0,
};
