import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules } from '../platform.ts';

/** Title in characters, description in bytes, both of the videos resource; tags by third parties. */
const most = { title: 100, description: 5000, comment: 10_000, tags: 500 };

/** YouTube shows no markup; links stand behind their words. */
export const show = (text: string): string => withLinks(parseMarkup(text));

const brackets = /[<>]/g;

/** A description: bytes, and neither < nor >, which YouTube refuses. */
export function measure(text: string): Measure {
  const shown = show(text);
  const length = Buffer.byteLength(shown);
  const forbidden = shown.match(brackets)?.length ?? 0;
  if (length <= most.description && forbidden > 0)
    return { length: forbidden, limit: 0, unit: 'of the characters < and >', fits: false };
  return { length, limit: most.description, unit: 'bytes', fits: length <= most.description };
}

/** A comment below a video. */
export function measureComment(text: string): Measure {
  const { length } = show(text);
  return { length, limit: most.comment, unit: 'characters', fits: length <= most.comment };
}

/** What is wrong with a title; undefined when nothing. */
export function titleProblem(title: string | undefined): string | undefined {
  if (title === undefined || title.trim() === '') return 'a video needs a title';
  if (title.length > most.title)
    return `the title has ${String(title.length)} characters of ${String(most.title)}`;
  return title.search(brackets) < 0 ? undefined : 'the title must not hold < or >';
}

/** As many of these as fit; a tag with a space counts two more, for the quotes YouTube puts around it. */
export function fittingTags(tags: readonly string[]): string[] {
  let left = most.tags;
  return tags.filter((tag) => {
    const length = tag.length + (tag.includes(' ') ? 2 : 0) + 1;
    if (length > left || tag.search(brackets) >= 0) return false;
    left -= length;
    return true;
  });
}

export const headline = { limit: most.title, unit: 'characters', required: true } as const;

/** 256 GB by the description of the API; 12 hours, 15 minutes for accounts that are not verified. */
export const media: MediaRules = {
  count: 1,
  types: [],
  bytes: 0,
  altRequired: false,
  altLength: 0,
  video: {
    count: 1,
    types: ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-msvideo', 'video/mpeg'],
    bytes: 274_877_906_944,
    length: { min: 1, max: 43_200 },
  },
  required: true,
};
