import { entitiesOf } from '../../platforms/x/text.ts';
import { linksIn } from './urls.ts';
import { cashtagIn, hashtagsIn, mentionsIn } from './tags.ts';
import { Kind } from './kinds.ts';

/** Something a network makes a link of; offsets in UTF-16 units. A mention may end with the list it names. */
export interface TextEntity {
  kind: number;
  start: number;
  end: number;
}

/**
 * Hashtags, cashtags, mentions and links of a text from `from` on, in order, none within another: those that twitter-text 3
 * finds. `from` is where a word may begin.
 *
 * What twitter-text decides by never reaches beyond a blank, so that each run without blanks is looked at alone: in ASCII by
 * hand, which is some thirty times as fast, in anything else by twitter-text itself.
 */
export function findEntities(text: string, from = 0): TextEntity[] {
  const found: TextEntity[] = [];
  const { length } = text;
  let at = from;
  while (at < length) {
    while (at < length && isBlank(text.charCodeAt(at))) at += 1;
    const start = at;
    let looks = 0;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (isBlank(code)) break;
      looks |= code < 128 ? (ascii[code] ?? Look.odd) : lookOf(code);
    }
    if ((looks & Look.wanted) === 0) continue;
    const before = found.length;
    const odd =
      (looks & Look.odd) !== 0 || ((looks & Look.quote) !== 0 && isQuoted(text, start, at));
    if (odd || !byHand(text, start, at, looks, found)) {
      found.length = before;
      byLibrary(text, start, at, found);
    }
  }
  return found;
}

/** What a character calls for; a run calls for what its characters do. */
const Look = { quote: 1, odd: 2, hash: 4, at: 8, dollar: 16, dot: 32, wanted: 60 } as const;

const signs: Readonly<Record<string, number>> = {
  '"': Look.quote,
  '`': Look.quote,
  '#': Look.hash,
  '@': Look.at,
  $: Look.dollar,
  '.': Look.dot,
};
const ascii = Uint8Array.from(
  { length: 128 },
  (_, code) => signs[String.fromCharCode(code)] ?? (code < 33 || code === 127 ? Look.odd : 0),
);

/** Of what is not ASCII: quotation marks are to twitter-text what `"` is. */
function lookOf(code: number): number {
  if ((code >= 0x2018 && code <= 0x201f) || code === 0x2026 || code === 0xab || code === 0xbb)
    return Look.quote;
  if (code === 0xff03) return Look.odd | Look.hash;
  return code === 0xff20 ? Look.odd | Look.at : Look.odd;
}

/** Whether a quotation mark may be part of a host name, as twitter-text has it: unless it stands first or last. */
function isQuoted(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && lookAt(text, at) === Look.quote) at += 1;
  if (at > from && /[-_.]/.test(text.charAt(at))) return true;
  while (at < to && lookAt(text, at) !== Look.quote) at += 1;
  for (; at < to; at++) if (/[a-z0-9]/i.test(text.charAt(at))) return true;
  return false;
}

const lookAt = (text: string, at: number) => {
  const code = text.charCodeAt(at);
  return code < 128 ? (ascii[code] ?? 0) : lookOf(code);
};

/** Blanks that twitter-text, ECMAScript and every network agree on. */
export const isBlank = (code: number) => code === 32 || (code > 8 && code < 14) || code === 0x3000;

/** False when the run holds something that is not for us to decide. */
function byHand(text: string, from: number, to: number, wanted: number, found: TextEntity[]) {
  const before = found.length;
  if (wanted & Look.dot && !linksIn(text, from, to, found)) return false;
  if (wanted & Look.at) mentionsIn(text, from, to, found);
  if (wanted & Look.hash) hashtagsIn(text, from, to, found);
  if (wanted & Look.dollar) cashtagIn(text, from, to, found);
  if (found.length - before > 1) dropOverlaps(found, before);
  return true;
}

/** Leaves the first of those that overlap, from `from` on. */
function dropOverlaps(found: TextEntity[], from: number): void {
  const sorted = found.splice(from).sort((a, b) => a.start - b.start);
  let end = 0;
  for (const entity of sorted) {
    if (entity.start < end) continue;
    end = entity.end;
    found.push(entity);
  }
}

const kinds = {
  hashtag: Kind.hashtag,
  cashtag: Kind.cashtag,
  mention: Kind.mention,
  url: Kind.link,
} as const;

/** The blank before belongs to it: what stands at the very beginning of a text is read in another way. */
function byLibrary(text: string, from: number, to: number, found: TextEntity[]): void {
  const first = Math.max(0, from - 1);
  for (const { what, start, end } of entitiesOf(text.slice(first, to)))
    found.push({ kind: kinds[what], start: first + start, end: first + end });
}
