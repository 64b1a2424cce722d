import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules, PollRules } from '../platform.ts';

const limits = { characters: 500, links: 5 };

/** Threads knows no markup in a post. */
export const show = (text: string): string => withLinks(parseMarkup(text));

const segmenter = new Intl.Segmenter();
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u{FE0F}|\u{20E3}/u;

/**
 * "Text posts are limited to 500 characters; emojis are counted as the number of UTF-8 bytes they hold" (Meta's
 * overview). What may be an emoji is taken for one; a character is a code point.
 */
export function count(text: string): number {
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.length;
  let length = 0;
  for (const { segment } of segmenter.segment(text))
    length += emoji.test(segment) ? Buffer.byteLength(segment) : Array.from(segment).length;
  return length;
}

/** Addresses in a text, each once: six are refused (THREADS_API__LINK_LIMIT_EXCEEDED). */
export function linksIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/https?:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+/giu) ?? []);
}

export function measure(text: string): Measure {
  const shown = show(text);
  const length = count(shown);
  const links = linksIn(shown).size;
  if (length <= limits.characters && links > limits.links)
    return { length: links, limit: limits.links, unit: 'links', fits: false };
  const fits = length <= limits.characters;
  return { length, limit: limits.characters, unit: 'characters', fits };
}

export const mostLinks = limits.links;

/** Meta's overview of Threads posts. */
export const media: MediaRules = {
  count: 20,
  types: ['image/jpeg', 'image/png'],
  bytes: 8_000_000,
  altRequired: false,
  altLength: 1000,
  size: { width: 1440, height: 14_400 },
  ratio: { min: 0.1, max: 10 },
  video: {
    count: 20,
    types: ['video/mp4', 'video/quicktime'],
    bytes: 1_000_000_000,
    length: { min: 0.1, max: 300 },
  },
  mixed: true,
  byUrl: true,
};

const day = 86_400_000;
/** Polls are open for a day; nothing else can be asked for. */
export const poll: PollRules = {
  options: { min: 2, max: 4 },
  length: 25,
  duration: { min: day, max: day },
  single: true,
};
