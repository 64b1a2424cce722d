import { parseMarkup } from '../markup.ts';
import { spellOut } from './spell.ts';
import type { Measure, MediaRules, PollRules } from '../rules.ts';

/** Bot API, sendMessage: 1-4096 characters after entities parsing. */
const limit = 4096;
/** Bot API, sendPhoto and others: 0-1024 characters after entities parsing. */
export const captionLimit = 1024;
/** Bot API, sendPoll: question 1-300 characters, description 0-1024. */
export const questionLimit = 300;

/** Code points, without the white space at both ends, which the network drops. */
export function countCharacters(plain: string): number {
  return Array.from(plain.trim()).length;
}

/** Length as Telegram counts it: code points of the text, its markup aside. */
export function measure(text: string): Measure {
  const length = countCharacters(show(text));
  return { length, limit, unit: 'characters', fits: length <= limit };
}

/** What people read. */
export function show(text: string): string {
  return spellOut(parseMarkup(text)).plain.trim();
}

/**
 * Bot API, sendPhoto: 10 MB, width and height 10,000 together, ratio at most 20; sendMediaGroup: 2-10 files; 50 MB for
 * what is uploaded otherwise. There is no alt text.
 */
export const media = {
  count: 10,
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  bytes: 10_000_000,
  altRequired: false,
  altLength: 0,
  caption: captionLimit,
  size: { width: 5000, height: 5000 },
  ratio: { min: 1 / 20, max: 20 },
  animated: { bytes: 10_000_000 },
  video: { count: 10, types: ['video/mp4'], bytes: 50_000_000, length: { min: 0, max: 14_400 } },
  mixed: true,
} satisfies MediaRules;

/** Bot API, sendPoll and InputPollOption; open_period 5-2,628,000 seconds. */
export const poll: PollRules = {
  options: { min: 2, max: 12 },
  length: 100,
  duration: { min: 5_000, max: 2_628_000_000 },
};
