import { parseMarkup } from '../markup.ts';
import type { Measure, MediaRules, PollRules } from '../rules.ts';
import { render } from './markdown.ts';

/** Documentation of Create Message: 2000 for bots; its OpenAPI description says 4000. */
const limit = 2000;
/** Documentation of the poll object. */
export const questionLimit = 300;

/** What is sent for a Markdown text; Discord drops the white space at both ends. */
export function contentOf(text: string): string {
  return render(parseMarkup(text)).trim();
}

/** Length as Discord counts it: code points of its own Markdown, backslashes and addresses of links included. */
export function measure(text: string): Measure {
  const length = Array.from(contentOf(text)).length;
  return { length, limit, unit: 'characters', fits: length <= limit };
}

/** Files of a guild without boosts, bytes. */
const file = 10 * 1024 * 1024;
/** By premium tier of a guild (documentation of the guild object), bytes of one file. */
export const fileByTier: readonly number[] = [file, file, 50 * 1024 * 1024, 100 * 1024 * 1024];

/** Create Message: ten attachments, descriptions of 1024 characters. */
export const media = {
  count: 10,
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  bytes: file,
  altRequired: false,
  altLength: 1024,
  video: {
    count: 10,
    types: ['video/mp4', 'video/webm', 'video/quicktime'],
    bytes: file,
    length: { min: 0, max: 86_400 },
  },
  mixed: true,
} satisfies MediaRules;

const hour = 3_600_000;
/** Poll create request: ten answers of 55 characters, one hour to 32 days. */
export const poll: PollRules = {
  options: { min: 1, max: 10 },
  length: 55,
  duration: { min: hour, max: 768 * hour },
};
