import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules } from '../platform.ts';

/** Of a caption; Meta's "IG User Media" page. */
const caption = { characters: 2200, hashtags: 30, mentions: 20 };
/** Of a comment; Meta's "IG Media Comments" page. */
const comment = { characters: 300, hashtags: 4, links: 1 };

/** Captions know no markup, and nobody can follow a link in them; it stands behind its words all the same. */
export const show = (text: string): string => withLinks(parseMarkup(text));

const hashtags = /(?<![\p{L}\p{N}_&/])[#＃][\p{L}\p{N}\p{M}_]+/gu;
const mentions = /(?<![\p{L}\p{N}_/])@[\w.]+/gu;
const links = /https?:\/\/\S+/gu;

/** UTF-16 units: the strictest reading of "characters"; hashtags or mentions where those run out first. */
export function measure(text: string): Measure {
  const shown = show(text);
  return firstOver([
    [shown.length, caption.characters, 'characters'],
    [count(shown, hashtags), caption.hashtags, 'hashtags'],
    [count(shown, mentions), caption.mentions, 'mentions'],
  ]);
}

export function measureComment(text: string): Measure {
  const shown = show(text);
  return firstOver([
    [shown.length, comment.characters, 'characters'],
    [count(shown, hashtags), comment.hashtags, 'hashtags'],
    [count(shown, links), comment.links, 'links'],
  ]);
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

type Counted = readonly [length: number, limit: number, unit: string];

/** What is counted first stands for all that fit. */
function firstOver(all: readonly [Counted, ...Counted[]]): Measure {
  const over = all.find(([length, limit]) => length > limit);
  const [length, limit, unit] = over ?? all[0];
  return { length, limit, unit, fits: over === undefined };
}

/** Meta's "IG User Media" page: JPEG alone, 4:5 to 1.91:1; videos are reels. Alt texts are for images. */
export const media: MediaRules = {
  count: 10,
  types: ['image/jpeg'],
  bytes: 8_000_000,
  altRequired: false,
  altLength: 1000,
  size: { width: 1440, height: 1800 },
  ratio: { min: 0.8, max: 1.91 },
  video: {
    count: 10,
    types: ['video/mp4', 'video/quicktime'],
    bytes: 300_000_000,
    length: { min: 3, max: 900 },
  },
  mixed: true,
  required: true,
  byUrl: true,
};
