import { characterBits, Class, entryOf } from './characters.ts';
import { isBlank, type TextEntity } from './entities.ts';
import { Kind } from './kinds.ts';

const classAt = (text: string, at: number) =>
  at >= 0 && at < text.length ? entryOf(text.charCodeAt(at)) >> characterBits : Class.blank;

const ends = Class.blank | Class.dot | Class.mark;

/** Whether the mark or dot at `at` may begin an entity, or stand in a link: most end a sentence. Wrongly true costs time alone. */
export function isCandidate(text: string, at: number): boolean {
  const after = classAt(text, at + 1);
  if (classAt(text, at) === Class.mark) return (after & ends) === 0;
  return (
    (after & (Class.letter | Class.dense)) !== 0 &&
    (classAt(text, at - 1) & (Class.blank | Class.dot)) === 0
  );
}

/** Where the run without blanks begins that holds `at`. */
export function runStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBlank(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/**
 * Where words go on after an entity: in a tag, after the other links and mentions, and in a host that stands for a name
 * ("amazon.com"). A mention ends with what twitter-text leaves of a handle of another network (`.bsky.social`, `@host.social`).
 */
export function entityEnd(text: string, { kind, start, end }: TextEntity, limit: number): number {
  if (kind === Kind.mention) return nameEnd(text, end - 1, limit) + 1;
  if (kind !== Kind.link) return start + 1;
  return /^(?!www\.)[^/?#:]+$/i.test(text.slice(start, end)) ? start : end;
}

/** Last place of the name that the `@` at `at` begins or that goes on after `at`; `at` itself when there is none. */
export function nameEnd(text: string, at: number, limit: number): number {
  if (text.charAt(at) !== '@' && !/\w/.test(text.charAt(at))) return at;
  let end = at;
  for (;;) {
    const next = end + 1;
    if (next >= limit) return end;
    if (/\w/.test(text.charAt(next))) end = next;
    else if (/[.@-]/.test(text.charAt(next)) && /\w/.test(text.charAt(next + 1))) end = next;
    else return end;
  }
}
