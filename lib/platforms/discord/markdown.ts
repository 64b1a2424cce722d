import { type Markup, parseMarkup, type Span } from '../markup.ts';

const marks = { bold: '**', italic: '*', strike: '~~' } as const;

/** Discord's own Markdown for a text; whatever in it would mean something to Discord by chance is escaped. */
export function render(text: Markup): string {
  return write(text, true);
}

/** What people read, addresses included where Discord would not hide them behind words. */
export function show(text: string): string {
  return write(parseMarkup(text), false).trim();
}

function write({ plain, spans }: Markup, marked: boolean): string {
  const escaped = marked ? escapes(plain, spans) : new Set<number>();
  const raw = (start: number, end: number): string => {
    let out = '';
    for (let at = start; at < end; at += 1) out += (escaped.has(at) ? '\\' : '') + plain.charAt(at);
    return out;
  };
  /** From `start` to `end`, with the spans from `next` on that lie within. */
  const range = (start: number, end: number, next: number): string => {
    let out = '';
    let at = start;
    for (let index = next; index < spans.length; index += 1) {
      const span = spans[index];
      if (!span || span.start >= end) break;
      if (span.start < at) continue;
      out += raw(at, span.start) + styled(span, index);
      at = span.end;
    }
    return out + raw(at, end);
  };
  const styled = (span: Span, index: number): string => {
    const words = range(span.start, span.end, index + 1);
    if (span.style === 'link')
      return linked(plain.slice(span.start, span.end), words, span, marked);
    if (!marked) return words;
    if (span.style === 'code') return fenced(plain.slice(span.start, span.end));
    return `${marks[span.style]}${words}${marks[span.style]}`;
  };
  return range(0, plain.length, 0);
}

/** Discord hides web addresses behind words, unless the words look like an address themselves. */
function linked(plain: string, words: string, { url = '' }: Span, marked: boolean): string {
  if (plain === url) return url;
  if (!/^https?:/.test(url)) return `${words} (${url.replace(/^mailto:/, '')})`;
  if (looksLikeAddress.test(plain)) return `${words} (${url})`;
  return marked ? `[${words}](${url.replace(/[()<>\s\\]/g, encode)})` : words;
}

const looksLikeAddress = /:\/\/|^\S+\.\S+\/\S*$|^www\./i;
const encode = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

function fenced(code: string): string {
  const longest = Math.max(0, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = code.startsWith('`') || code.endsWith('`') ? ` ${code} ` : code;
  return `${fence}${padded}${fence}`;
}

/** What has a meaning where it stands: marks, spoilers, mentions, emoji, times, masked links; at a line's start blocks. */
const signs: readonly RegExp[] = [
  /[\\*`]/g,
  /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g,
  /~(?=~)|(?<=~)~/g,
  /\|(?=\|)|(?<=\|)\|/g,
  /<(?=[@#:/a-zA-Z])/g,
  /(?<=^[ \t]*)(?:#(?=#{0,2}\s)|-(?=#?\s)|>(?=(?:>>)?\s)|\+(?=\s))/gm,
  /(?<=^[ \t]*\d{1,9})[.)](?=\s)/gm,
];
const address = /https?:\/\/[^\s<]+/g;

/** Where a backslash must stand; addresses and code take none. */
function escapes(plain: string, spans: readonly Span[]): Set<number> {
  const found = new Set<number>();
  for (const sign of signs) for (const { index } of plain.matchAll(sign)) found.add(index);
  const last = plain.lastIndexOf('](');
  for (const { index } of plain.matchAll(/\[/g)) if (index < last) found.add(index);
  const drop = (start: number, end: number) => {
    for (let at = start; at < end; at += 1) found.delete(at);
  };
  for (const { style, start, end } of spans) {
    if (style !== 'link') continue;
    for (const { index } of plain.slice(start, end).matchAll(/[[\]]/g)) found.add(start + index);
  }
  // A backslash right behind an address would become part of it.
  for (const match of plain.matchAll(address)) drop(match.index, endOf(match, spans));
  for (const { style, start, end } of spans) if (style === 'code') drop(start, end);
  return found;
}

/** Behind an address, and the sign that follows it; or where a style begins or ends within it. */
function endOf({ index, 0: text }: RegExpExecArray, spans: readonly Span[]): number {
  const ends = spans.flatMap(({ start: a, end: b }) => [a, b]).filter((at) => at > index);
  return Math.min(index + text.length + 1, ...ends);
}
