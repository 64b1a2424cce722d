import { entitiesOf } from '../../platforms/x/text.ts';
import type { TextEntity } from './entities.ts';
import { Kind } from './kinds.ts';
import { isAlphanumeric, isLetter } from './tags.ts';

/** Longest address and longest part of a host name; longest name behind `t.co/`. */
const [longest, longestLabel, longestShort] = [4096, 63, 40];

/**
 * Links of a run of ASCII without blanks by the rules of twitter-text 3, with or without scheme. False, and nothing to be relied
 * on, when there is one with `_` in its host, which twitter-text takes apart in a way of its own.
 */
export function linksIn(text: string, from: number, to: number, found: TextEntity[]): boolean {
  let last = from;
  for (let at = from; at < to; at++) {
    if (!isAlphanumeric(text, at)) continue;
    if (at !== from && (at - 1 < last || !mayPrecede(text, at - 1))) continue;
    const scheme = schemeAt(text, at);
    const host = at + scheme;
    const stop = hostEnd(text, host, to);
    if (stop === -1) continue;
    const port = portEnd(text, stop, to);
    const path = pathEnd(text, port, to);
    const whole = queryEnd(text, path, to);
    // A port or a query belongs to a link that has a scheme or a path.
    const end = scheme > 0 || path > port ? whole : stop;
    last = whole;
    if (scheme === 0 && text.slice(host, stop).includes('_')) return false;
    const cut = scheme > 0 ? shortEnd(text, host, stop, to) : 0;
    const fits = text
      .slice(host, stop)
      .split('.')
      .every((label) => label.length <= longestLabel);
    // As twitter-text reckons, which counts a scheme twice.
    const size = (scheme || 8) + whole - at;
    const apart = scheme > 0 || at === from || !/[-_./]/.test(text.charAt(at - 1));
    if (fits && apart && cut !== -1 && size <= longest)
      found.push({ kind: Kind.link, start: at, end: cut > 0 ? cut : end });
    at = whole - 1;
  }
  return true;
}

const mayPrecede = (text: string, at: number) =>
  !isAlphanumeric(text, at) && !/[@$#]/.test(text.charAt(at));

/** Length of `http://` or `https://` at `at`, 0 when there is none. */
function schemeAt(text: string, at: number): number {
  if ((text.charCodeAt(at) | 32) !== 104) return 0;
  return /^https?:\/\//i.exec(text.slice(at, at + 8))?.[0].length ?? 0;
}

/** End of the longest host name at `from` that ends in a top-level domain, -1 when there is none. */
function hostEnd(text: string, from: number, to: number): number {
  let [at, end, scored] = [from, -1, true];
  for (let labels = 0; ; labels++) {
    if (labels > 0 && !scored) end = Math.max(end, domainEnd(text, at, to));
    const start = at;
    scored = false;
    while (at < to && (isAlphanumeric(text, at) || /[-_]/.test(text.charAt(at)))) {
      if (text.charCodeAt(at) === 95) scored = true;
      at += 1;
    }
    const whole = at > start && isAlphanumeric(text, start) && isAlphanumeric(text, at - 1);
    if (!whole || at >= to || text.charCodeAt(at) !== 46) return end;
    at += 1;
  }
}

/** End of the top-level domain at `at`, -1 when there is none. */
function domainEnd(text: string, at: number, to: number): number {
  let end = at;
  if (/^xn--[-0-9a-z]/i.test(text.slice(at, Math.min(to, at + 5)))) {
    end += 5;
    while (end < to && (isAlphanumeric(text, end) || text[end] === '-')) end += 1;
    return end;
  }
  while (end < to && isAlphanumeric(text, end)) end += 1;
  if (end < to && /[@+-]/.test(text.charAt(end))) return -1;
  return isTopLevel(text.slice(at, end).toLowerCase()) ? end : -1;
}

/** What twitter-text says of what may be a top-level domain: it keeps the list. */
const topLevel = new Map<string, boolean>();
const mostKept = 20_000;

function isTopLevel(name: string): boolean {
  if (name.length < 2 || name.length > longestLabel || !isLetter(name, 0)) return false;
  let known = topLevel.get(name);
  if (known === undefined) {
    if (topLevel.size >= mostKept) topLevel.clear();
    known = entitiesOf(`http://a.${name}`)[0]?.end === 9 + name.length;
    topLevel.set(name, known);
  }
  return known;
}

function portEnd(text: string, at: number, to: number): number {
  let end = at + 1;
  if (text[at] !== ':') return at;
  while (end < to && /\d/.test(text.charAt(end))) end += 1;
  return end > at + 1 ? end : at;
}

const isPath = (text: string, at: number) =>
  /[a-z0-9!*';:=+,.$/%#[\]\-_~@|&]/i.test(text.charAt(at));
const isPathEnd = (text: string, at: number) => /[+\-a-z0-9=_#/]/i.test(text.charAt(at));

/** Ends with a letter, a digit or one of few signs, and pairs of brackets right behind it. */
function pathEnd(text: string, from: number, to: number): number {
  if (from >= to || text[from] !== '/') return from;
  let [at, end] = [from + 1, from + 1];
  while (at < to) {
    if (isPath(text, at)) {
      at += 1;
      if (isPathEnd(text, at - 1)) end = at;
    } else {
      const closed = text[at] === '(' ? bracketsEnd(text, at, to, 1) : -1;
      if (closed === -1) break;
      if (at === end) end = closed;
      at = closed;
    }
  }
  return end;
}

/** End of the brackets that open at `at` and hold something, and at most one pair of brackets; -1 when they do not close. */
function bracketsEnd(text: string, from: number, to: number, inner: number): number {
  let [at, left] = [from + 1, inner];
  for (; at < to && text[at] !== ')'; at++) {
    if (isPath(text, at)) continue;
    const closed = left > 0 && text[at] === '(' ? bracketsEnd(text, at, to, 0) : -1;
    if (closed === -1) return -1;
    left -= 1;
    at = closed - 1;
  }
  return at < to && at > from + 1 ? at + 1 : -1;
}

/** End of the query at `at`, which ends with a letter, a digit or one of few signs. */
function queryEnd(text: string, from: number, to: number): number {
  if (from >= to || text[from] !== '?') return from;
  let end = from;
  for (let at = from + 1; at < to; at++) {
    if (!/[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]/i.test(text.charAt(at))) break;
    if (/[a-z0-9\-_&=#/]/i.test(text.charAt(at))) end = at + 1;
  }
  return end;
}

/** X's own short links end with their name and a query: their end, 0 for any other link, -1 when the name is too long. */
function shortEnd(text: string, host: number, stop: number, to: number): number {
  if (text.slice(host, stop + 1).toLowerCase() !== 't.co/') return 0;
  let end = stop + 1;
  while (end < to && isAlphanumeric(text, end)) end += 1;
  if (end === stop + 1) return 0;
  return end - stop - 1 > longestShort ? -1 : queryEnd(text, end, to);
}
