import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules, PollRules } from '../platform.ts';
import { weigh } from './text.ts';

/** What X is sent of Markdown: links stand as addresses, styles are left out. */
export function wordsOf(text: string): string {
  return withLinks(parseMarkup(text)).normalize('NFC');
}

/** Config v3 of twitter-text: 280 by weight, where an emoji is 2 and every link 23. */
export function measure(text: string): Measure {
  const limit = 280;
  const { length } = weigh(wordsOf(text));
  return { length, limit, unit: 'characters by weight', fits: length <= limit };
}

/** docs.x.com, media best practices; alt text: schema AltText of the API's description. */
export const media: MediaRules = {
  count: 4,
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  bytes: 5_000_000,
  altRequired: false,
  altLength: 1000,
  size: { width: 8192, height: 8192 },
  animated: { bytes: 15_000_000 },
  video: {
    count: 1,
    types: ['video/mp4', 'video/quicktime'],
    bytes: 512_000_000,
    length: { min: 0.5, max: 140 },
    ratio: { min: 1 / 3, max: 3 },
  },
};

/** Schema TweetCreateRequest: 2 to 4 options of 25 characters, open 5 minutes to 7 days. */
export const poll: PollRules = {
  options: { min: 2, max: 4 },
  length: 25,
  duration: { min: 5 * 60_000, max: 10_080 * 60_000 },
  single: true,
};

/** US dollars a call, docs.x.com pricing; a post that holds a link costs more. */
export const prices = {
  post: 0.015,
  postWithLink: 0.2,
  remove: 0.01,
  trends: 0.01,
  /** Each post read; one of our own costs less. */
  read: 0.005,
  readOwn: 0.001,
} as const;
