import { parseDate } from '../platforms/dates.ts';
import { decodeEntities, hashtagsOf } from '../platforms/plain.ts';
import type { Signal } from './signal.ts';

/** What is longer is cut, characters. Reddit takes the longest texts, 40,000 below a title of 300. */
export const longestText = 41_000;
/** ms UTC; what is said to be later is no time. */
export const year2200 = 7_258_118_400_000;

type Post = Readonly<Record<string, unknown>>;

/** Whether a line is a post in our own flat shape; asked of every line of an archive, so it looks at little. */
export function isFlat(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const { x, text, title, t, at } = value as Post;
  if (typeof x === 'string') return true;
  return (t !== undefined || at !== undefined) && (text !== undefined || title !== undefined);
}

/**
 * A post of an archive as a signal, or why it is none. Known are `id`, `t`|`at`|`time`|`created_at`, `x`|`text`|`title`,
 * `author`|`user`, `h`|`tags`, `url`, `lang`|`language`, `sub`|`channel` and `network`; anything else is left out.
 * A signal written by ourselves comes out as it went in.
 */
export function signalOf(value: unknown): Signal | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'it is no JSON object';
  const post = value as Post;
  const said = post.x ?? post.text ?? post.title;
  const given = post.network;
  if (typeof said !== 'string' || (given === undefined && said.trim() === ''))
    return 'it has no text (x or text)';
  const at = timeOf(post.t ?? post.at ?? post.time ?? post.created_at);
  if (at === undefined) return 'it has no time (t or at: milliseconds, seconds or ISO 8601)';
  const number = post.id;
  if (typeof number !== 'string' && typeof number !== 'number') return 'it has no id';
  const text = textOf(said);
  const author = short(post.author ?? post.user);
  const channel = short(post.sub ?? post.channel);
  const signal: Signal =
    given === undefined
      ? { id: `archive:${number}`, network: 'archive', text, at, tags: tagsOf(post, text) }
      : ownOf(post, text, at, String(number));
  if (author !== undefined) signal.author = author;
  if (channel !== undefined) signal.channel = channel;
  const url = short(post.url);
  if (url !== undefined && /^https?:\/\//.test(url)) signal.url = url;
  const language = short(post.lang ?? post.language);
  if (language !== undefined) signal.language = language;
  return signal;
}

/** What only a signal that we wrote ourselves holds. */
function ownOf(post: Post, text: string, at: number, id: string): Signal {
  const network = short(post.network) ?? 'archive';
  const { links, byline, counts, marks, copy } = post as Partial<Signal>;
  return {
    id: id.startsWith(`${network}:`) ? id : `${network}:${id}`,
    network,
    text,
    at,
    tags: tagsOf(post, text),
    ...(Array.isArray(links) && { links }),
    ...(typeof byline === 'string' && { byline }),
    ...(typeof counts === 'object' && { counts }),
    ...(Array.isArray(marks) && { marks }),
    ...(copy === true && { copy }),
  };
}

/** ms UTC of a number in seconds, milliseconds or microseconds, or of a date; undefined when it is no time. */
export function timeOf(value: unknown): number | undefined {
  let ms = NaN;
  if (typeof value === 'number') ms = fromNumber(value);
  else if (typeof value === 'string')
    ms = /^\d{9,17}$/.test(value) ? fromNumber(Number(value)) : parseDate(value);
  return ms >= 0 && ms < year2200 ? Math.floor(ms) : undefined;
}

/** Seconds until the year 5138, milliseconds since 1973. */
function fromNumber(value: number): number {
  if (value < 1e11) return value * 1000;
  return value < 1e14 ? value : value / 1000;
}

function textOf(said: string): string {
  const text = decodeEntities(said.length > longestText ? said.slice(0, longestText) : said);
  // Latin letters are composed already; asking is cheaper than normalising.
  return /[\u0300-\uFFFF]/.test(text) ? text.normalize('NFC') : text;
}

function tagsOf(post: Post, text: string): readonly string[] {
  const given = post.h ?? post.tags;
  if (!Array.isArray(given)) return hashtagsOf(text);
  const tags = given.flatMap((tag) =>
    typeof tag === 'string' ? [tag.replace(/^#/, '').toLowerCase()] : [],
  );
  return [...new Set(tags)];
}

const short = (value: unknown) =>
  typeof value === 'string' && value !== '' && value.length <= 2000 ? value : undefined;
