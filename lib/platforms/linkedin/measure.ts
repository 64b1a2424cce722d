import { parseMarkup } from '../markup.ts';
import type { Measure, MediaRules, PollRules } from '../platform.ts';
import { show, toLittle } from './little.ts';

export { show };

/** Characters of a post, of a comment. LinkedIn Help; the API names no number and cuts what is longer. */
const most = { post: 3000, comment: 1250 };

/**
 * Counts the text as it is sent, escapes included: whether LinkedIn counts those is documented nowhere, and a post that
 * is too long is cut without a word.
 */
export function measure(text: string): Measure {
  const { length } = toLittle(parseMarkup(text));
  return { length, limit: most.post, unit: 'characters', fits: length <= most.post };
}

/** Comments are plain text. */
export function measureComment(text: string): Measure {
  const { length } = show(text);
  return { length, limit: most.comment, unit: 'characters', fits: length <= most.comment };
}

/** "Images API", "MultiImage API" and "Videos API" of learn.microsoft.com; 36,152,320 pixels, 5 MB by LinkedIn Help. */
export const media = {
  count: 20,
  types: ['image/jpeg', 'image/png', 'image/gif'],
  bytes: 5_000_000,
  altRequired: false,
  altLength: 4086,
  size: { width: 6000, height: 6000 },
  video: {
    count: 1,
    types: ['video/mp4'],
    bytes: 500_000_000,
    length: { min: 3, max: 1800 },
  },
} satisfies MediaRules;

const day = 86_400_000;
/** "Poll API". Open for 1, 3, 7 or 14 days. */
export const poll: PollRules = {
  options: { min: 2, max: 4 },
  length: 30,
  duration: { min: day, max: 14 * day },
  single: true,
};

/** Characters of the question of a poll. */
export const questionLength = 140;

/** How LinkedIn names the time a poll is open: the shortest that is no shorter than `duration`. */
export function durationName(duration: number): string {
  if (duration <= day) return 'ONE_DAY';
  if (duration <= 3 * day) return 'THREE_DAYS';
  return duration <= 7 * day ? 'SEVEN_DAYS' : 'FOURTEEN_DAYS';
}
