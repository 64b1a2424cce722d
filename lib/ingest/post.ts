import { decodeEntities, hashtagsOf } from '../platforms/plain.ts';
import type { Signal } from './signal.ts';

/** No text of a post is longer, characters; what is, is cut. */
const longest = 10_000;
const year2200 = 7_258_118_400_000;

/**
 * A post of an archive as a signal, or why it is none. Known are `id`, `t`|`at`|`time`|`created_at`, `x`|`text`|`title`,
 * `author`|`user`, `h`|`tags`, `url`, `lang`|`language`, `sub`|`channel` and `network`; anything else is left out.
 * A signal written by ourselves comes out as it went in.
 */
export function signalOf(value: unknown): Signal | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'it is no JSON object';
  const post = value as Record<string, unknown>;
  const said = post.x ?? post.text ?? post.title;
  if (typeof said !== 'string' || said.trim() === '') return 'it has no text (x or text)';
  const at = timeOf(post.t ?? post.at ?? post.time ?? post.created_at);
  if (at === undefined) return 'it has no time (t or at: milliseconds, seconds or ISO 8601)';
  const given = post.id;
  if (typeof given !== 'string' && typeof given !== 'number') return 'it has no id';
  const network = short(post.network) ?? 'archive';
  const text = textOf(said);
  const id = String(given);
  const signal: Signal = {
    id: id.startsWith(`${network}:`) ? id : `${network}:${id}`,
    network,
    text,
    at,
    tags: tagsOf(post.h ?? post.tags, text),
  };
  const author = short(post.author ?? post.user);
  if (author !== undefined) signal.author = author;
  const channel = short(post.sub ?? post.channel);
  if (channel !== undefined) signal.channel = channel;
  const url = short(post.url);
  if (url !== undefined && /^https?:\/\//.test(url)) signal.url = url;
  const language = short(post.lang ?? post.language);
  if (language !== undefined) signal.language = language;
  if (post.copy === true) signal.copy = true;
  return signal;
}

/** ms UTC of a number in seconds, milliseconds or microseconds, or of an ISO 8601 text; undefined when it is no time. */
export function timeOf(value: unknown): number | undefined {
  let ms = NaN;
  if (typeof value === 'number') ms = fromNumber(value);
  else if (typeof value === 'string')
    ms = /^\d{9,17}$/.test(value) ? fromNumber(Number(value)) : Date.parse(value);
  return ms >= 0 && ms < year2200 ? Math.floor(ms) : undefined;
}

/** Seconds until the year 5138, milliseconds since 1973. */
function fromNumber(value: number): number {
  if (value < 1e11) return value * 1000;
  return value < 1e14 ? value : value / 1000;
}

function textOf(said: string): string {
  const text = decodeEntities(said.length > longest ? said.slice(0, longest) : said);
  // Latin letters are composed already; asking is cheaper than normalising.
  return /[\u0300-\uFFFF]/.test(text) ? text.normalize('NFC') : text;
}

function tagsOf(given: unknown, text: string): readonly string[] {
  if (!Array.isArray(given)) return hashtagsOf(text);
  const tags = given.flatMap((tag) =>
    typeof tag === 'string' ? [tag.replace(/^#/, '').toLowerCase()] : [],
  );
  return [...new Set(tags)];
}

const short = (value: unknown) =>
  typeof value === 'string' && value !== '' && value.length <= 2000 ? value : undefined;
