import { showsNothing, thatHold, tooLongBelow } from '../parts.ts';
import type { Outgoing } from '../platform.ts';
import { headline, measure, measureComment, show, titleProblem } from './measure.ts';

/** What a comment stands below: a video, or another comment of it. */
export interface Place {
  video?: string;
  comment?: string;
}

/** Video and comment that an address or an id names; undefined when it names neither. */
export function placeIn(reply: string): Place | undefined {
  const address = reply.replace(/^youtube:/, '');
  if (/^[\w-]{11}$/.test(address)) return { video: address };
  if (/^Ug[\w.-]+$/.test(address)) return { comment: address };
  const { searchParams, pathname } = URL.canParse(address)
    ? new URL(address)
    : { searchParams: new URLSearchParams(), pathname: '' };
  const comment = searchParams.get('lc');
  const video =
    searchParams.get('v') ?? /^\/(?:shorts\/|live\/|embed\/)?([\w-]{11})$/.exec(pathname)?.[1];
  if (!video && !comment) return undefined;
  return { ...(video && { video }), ...(comment && { comment }) };
}

/** See `Platform.refuses`. */
export function refuses({ parts, reply, title }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  // One that is missing or too long is told of in its own place.
  const isTold = !title?.trim() || Array.from(title).length > headline.limit;
  if (index === 0 && reply === undefined)
    return thatHold([!isTold && titleProblem(title), part.link && 'a video has no link card']);
  return thatHold([
    showsNothing(part, show),
    tooLongBelow(part, { post: measure, comment: measureComment }),
    part.media.length > 0 && 'a comment has no files',
    part.link && 'a comment has no link card',
    reply !== undefined && !placeIn(reply) && `"${reply}" names no video and no comment`,
  ]);
}
