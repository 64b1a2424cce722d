import { showsNothing, thatHold, tooLongBelow } from '../parts.ts';
import type { Outgoing } from '../platform.ts';
import { measure, measureComment, show } from './measure.ts';

/** See `Platform.refuses`. */
export function refuses({ parts, at, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  if (index === 0)
    return thatHold([
      part.link && 'posts have no link cards',
      reply !== undefined && 'a post answers no other',
      at !== undefined && 'it plans no posts',
    ]);
  const message = show(part.text);
  return thatHold([
    showsNothing(part, show),
    tooLongBelow(part, { post: measure, comment: measureComment }),
    part.media.length > 0 && 'comments are text alone: no files',
    part.link && 'comments are text alone: no link card',
    /\p{Lu}/u.test(message) &&
      !/\p{Ll}/u.test(message) &&
      'a comment may not be in capital letters only',
  ]);
}
