import { fail } from '../../errors.ts';
import { thatHold } from '../parts.ts';
import type { Media, Outgoing, Part } from '../platform.ts';
import { lengthOf, limits, media as rules } from './measure.ts';

/** What part `index` is on Reddit. */
export type Kind = 'self' | 'link' | 'image' | 'gallery' | 'comment';

export function kindOf(outgoing: Outgoing, index: number): Kind {
  const part = outgoing.parts[index];
  if (index > 0 || outgoing.reply !== undefined) return 'comment';
  if ((part?.media.length ?? 0) > 1) return 'gallery';
  if (part?.media.length === 1) return 'image';
  return part?.link ? 'link' : 'self';
}

/** Full name of a post or comment of its address or of the name itself; undefined for what is neither. */
export function fullName(place: string): string | undefined {
  if (/^t[13]_\w+$/.test(place)) return place;
  const found = /\/comments\/(\w+)(?:\/[^/]*\/(\w+))?/.exec(place);
  if (!found) return undefined;
  return found[2] === undefined ? `t3_${found[1] ?? ''}` : `t1_${found[2]}`;
}

/** See `Platform.refuses`. */
export function refuses(outgoing: Outgoing, index: number): readonly string[] {
  const part = outgoing.parts[index];
  if (!part) return [];
  const { at, reply } = outgoing;
  const length = lengthOf(part.text);
  const isComment = kindOf(outgoing, index) === 'comment';
  const isLong = length > limits.comment && length <= limits.post;
  return thatHold([
    at !== undefined && 'Reddit takes no time for later from apps',
    part.link && part.media.length > 0 && 'a post has a link or images, not both',
    isComment &&
      isLong &&
      `the comment has ${String(length)} characters of ${String(limits.comment)}`,
    isComment && part.media.length > 0 && 'a comment has no images',
    isComment && part.link && 'a comment has no link card',
    isComment && length === 0 && part.text.trim() !== '' && 'a comment needs words',
    isComment &&
      reply !== undefined &&
      fullName(reply) === undefined &&
      `"${reply}" is nothing on Reddit; give its address`,
  ]);
}

/** Refuses what Reddit would refuse, before anything leaves. */
export function checkPart(outgoing: Outgoing, part: Part, index: number): void {
  const kind = kindOf(outgoing, index);
  const problems = [...part.media.flatMap(problemsOfFile), ...refuses(outgoing, index)];
  const length = lengthOf(part.text);
  if (length > limits.post)
    problems.push(`the text has ${String(length)} characters of ${String(limits.post)}`);
  if (part.poll) problems.push('Reddit takes no polls from apps');
  if (part.media.length > rules.count)
    problems.push(`${String(part.media.length)} images of ${String(rules.count)}`);
  if (kind === 'comment') {
    if (part.text.trim() === '') problems.push('a comment needs words');
  } else {
    const title = Array.from((outgoing.title ?? '').trim()).length;
    if (title === 0) problems.push('Reddit asks for a title');
    if (title > limits.title)
      problems.push(`the title has ${String(title)} characters of ${String(limits.title)}`);
  }
  if (problems.length === 0) return;
  throw fail('DELIVERY_REFUSED', { platform: 'Reddit', status: 400, message: problems.join('; ') });
}

function problemsOfFile({ name, type, bytes }: Media): string[] {
  if (!rules.types.includes(type)) return [`${name} is ${type}, which Reddit does not take`];
  if (bytes.length === 0) return [`${name} is empty`];
  if (bytes.length <= rules.bytes) return [];
  return [`${name} has ${String(bytes.length)} bytes of ${String(rules.bytes)}`];
}
