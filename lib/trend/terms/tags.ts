import type { TextEntity } from './entities.ts';
import { Kind } from './kinds.ts';

/**
 * The rules of twitter-text 3 for runs of ASCII without blanks. A character is looked at once: what stands before an entity may
 * not be part of the one before it, even of one that was refused.
 */

const [lower, upper, figure, score] = [1, 2, 4, 8];
const nature = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return lower;
  if (/[A-Z]/.test(character)) return upper;
  if (/\d/.test(character)) return figure;
  return character === '_' ? score : 0;
});
const natureAt = (text: string, at: number) => nature[text.charCodeAt(at)] ?? 0;

/** Letters, digits, `_`. */
export const isName = (text: string, at: number) => natureAt(text, at) !== 0;
export const isLetter = (text: string, at: number) => (natureAt(text, at) & (lower | upper)) !== 0;
export const isAlphanumeric = (text: string, at: number) =>
  (natureAt(text, at) & (lower | upper | figure)) !== 0;

/** Whether an entity that ends at `at` is cut short by another, or is the scheme of an address. */
const isRefused = (text: string, at: number, sign: string) =>
  text[at] === sign || text.startsWith('://', at);

/** `#` and letters, digits, `_`, at least one of them a letter. */
export function hashtagsIn(text: string, from: number, to: number, found: TextEntity[]): void {
  let last = from;
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== 35) continue;
    if (at !== from && (at - 1 < last || isName(text, at - 1) || text[at - 1] === '&')) continue;
    let [end, natures] = [at + 1, 0];
    while (end < to && isName(text, end)) natures |= natureAt(text, end++);
    if ((natures & (lower | upper)) === 0) continue;
    last = end;
    if (!isRefused(text, end, '#')) found.push({ kind: Kind.hashtag, start: at, end });
    at = end - 1;
  }
}

/** `@` and up to 20 letters, digits, `_`, and the list that may follow. */
export function mentionsIn(text: string, from: number, to: number, found: TextEntity[]): void {
  let last = from;
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== 64) continue;
    if (at !== from && !mayMention(text, at, from, last)) continue;
    let end = at + 1;
    while (end < to && end - at <= 20 && isName(text, end)) end += 1;
    if (end === at + 1) continue;
    if (text[end] === '/' && end + 1 < to && isLetter(text, end + 1)) {
      const most = Math.min(to, end + 26);
      end += 2;
      while (end < most && (isName(text, end) || text[end] === '-')) end += 1;
    }
    last = end;
    if (!isRefused(text, end, '@')) found.push({ kind: Kind.mention, start: at, end });
    at = end - 1;
  }
}

/** Whether what stands before the `@` at `at` lets it begin a mention: no name and no sign, or the `RT` of a repost. */
function mayMention(text: string, at: number, from: number, last: number): boolean {
  if (at - 1 < last) return false;
  if (!isName(text, at - 1)) return !/[!#$%&*@]/.test(text.charAt(at - 1));
  const start = at - 2;
  if (start < last || !/^rt$/i.test(text.slice(start, at))) return false;
  if (start === from) return true;
  return start - 1 >= last && !isName(text, start - 1) && !/[+~.-]/.test(text.charAt(start - 1));
}

/** `$` after a blank, up to 6 letters, and one or two more after `.` or `_`. */
export function cashtagIn(text: string, from: number, to: number, found: TextEntity[]): void {
  if (text.charCodeAt(from) !== 36) return;
  let end = from + 1;
  while (end < to && end - from <= 6 && isLetter(text, end)) end += 1;
  if (end === from + 1) return;
  for (const size of [2, 1, 0]) {
    const stop = size === 0 ? end : end + 1 + size;
    if (size > 0 && !(/[._]/.test(text.charAt(end)) && areLetters(text, end + 1, stop))) continue;
    if (stop > to || (stop < to && !/[!#%&'()*+,\\\-./:;<=>?@[\]^_{|}~$]/.test(text.charAt(stop))))
      continue;
    found.push({ kind: Kind.cashtag, start: from, end: stop });
    return;
  }
}

function areLetters(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isLetter(text, at)) return false;
  return true;
}
