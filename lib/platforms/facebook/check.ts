import { isVideo, showsNothing, thatHold, tooLongBelow } from '../parts.ts';
import type { Outgoing } from '../platform.ts';
import { measure, measureComment, show } from './measure.ts';

/** Id of what an address names: ids as they are, of addresses only those that carry numbers. Undefined for others. */
export function idIn(address: string): string | undefined {
  const plain = /^(?:facebook:)?(\d+(?:_\d+)?)$/.exec(address)?.[1];
  if (plain !== undefined) return plain;
  const { pathname, searchParams } = URL.canParse(address)
    ? new URL(address)
    : { pathname: '', searchParams: new URLSearchParams() };
  const story = searchParams.get('story_fbid') ?? '';
  const comment = searchParams.get('comment_id') ?? '';
  const [, page = searchParams.get('id') ?? '', post = story] =
    /^\/(\d+)(?:\/posts\/|_)(\d+)\/?$/.exec(pathname) ?? [];
  const numbers = /^\d+ \d+ ?\d*$/.test(`${page} ${post} ${comment}`.trim());
  if (!numbers) return undefined;
  return comment === '' ? `${page}_${post}` : `${post}_${comment}`;
}

/** See `Platform.refuses`. */
export function refuses({ parts, at, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const { media: files, link } = part;
  const isComment = index > 0 || reply !== undefined;
  const limits = { post: measure, comment: measureComment };
  const below = [
    tooLongBelow(part, limits),
    (files.length > 1 || files.some(isVideo)) && 'a comment has one photo at most',
    link && 'a comment has no link card',
    index === 0 && at !== undefined && 'a comment has no time of its own',
    index === 0 &&
      idIn(reply ?? '') === undefined &&
      `"${reply ?? ''}" does not say which post it answers`,
  ];
  const above = [link && files.length > 0 && 'a post has a link card or files, not both'];
  return thatHold([showsNothing(part, show), ...(isComment ? below : above)]);
}
