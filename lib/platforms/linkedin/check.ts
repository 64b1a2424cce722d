import {
  checkPart,
  isVideo,
  refusal,
  refuseAll,
  showsNothing,
  thatHold,
  tooLongBelow,
} from '../parts.ts';
import type { Outgoing, Part, Poll } from '../platform.ts';
import { splitQuestion } from '../question.ts';
import { measure, measureComment, media, poll as polls, questionLength, show } from './measure.ts';
import { partsOfComment, postUrnIn } from './urn.ts';

const refuse = (message: string) => refusal('LinkedIn', message);

/** URN of the post or comment that an address names; undefined when it names none. */
export function answeredIn(reply: string): string | undefined {
  const plain = reply.replace(/^linkedin:/, '');
  return partsOfComment(plain) ? plain : postUrnIn(plain);
}

/** See `Platform.refuses`. */
export function refuses({ parts, at, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const { media: files, link, poll } = part;
  const isComment = index > 0 || reply !== undefined;
  const limits = { post: measure, comment: measureComment };
  const below = [
    tooLongBelow(part, limits),
    (files.length > 1 || files.some(isVideo)) && 'a comment has one image at most',
    (poll ?? link) && 'a comment has no poll and no link card',
    index === 0 &&
      answeredIn(reply ?? '') === undefined &&
      `"${reply ?? ''}" does not say which post it answers`,
  ];
  const asked = poll && splitQuestion(part.text).question.length;
  // Characters are counted in the strictest way here.
  const long = poll?.options.find((option) => option.length > polls.length);
  const above = [
    link && files.length > 0 && 'a post has files or a link card, not both',
    asked !== undefined &&
      (asked === 0 || asked > questionLength) &&
      `the question, the last paragraph, has ${String(asked)} characters of ${String(questionLength)}`,
    long !== undefined &&
      Array.from(long).length <= polls.length &&
      `"${long}" is not 1 to ${String(polls.length)} characters long`,
  ];
  return thatHold([
    showsNothing(part, show),
    at !== undefined && 'it plans no posts',
    ...(isComment ? below : above),
  ]);
}

/** Refuses what LinkedIn would refuse, or cut, of a post. Throws DELIVERY_REFUSED. */
export function checkPost(outgoing: Outgoing, part: Part): void {
  checkPart(part, { platform: 'LinkedIn', measure, media });
  refuseAll('LinkedIn', refuses({ ...outgoing, parts: [part] }, 0));
  if (part.poll && (part.link || part.media.length > 0))
    throw refuse('a post has files, a link card or a poll, only one of them');
  if (part.poll) checkPoll(part.poll);
}

function checkPoll({ options, duration, multiple }: Poll): void {
  const { min, max } = polls.options;
  if (multiple) throw refuse('a poll takes one answer of each person');
  if (options.length < min || options.length > max)
    throw refuse(`a poll has ${String(min)} to ${String(max)} options`);
  const long = options.find((option) => Array.from(option).length > polls.length || option === '');
  if (long !== undefined)
    throw refuse(`"${long}" is not 1 to ${String(polls.length)} characters long`);
  if (duration > polls.duration.max) throw refuse('a poll is open for 14 days at most');
}

/** The same for a comment. */
export function checkComment(outgoing: Outgoing, index: number, part: Part): void {
  checkPart(part, { platform: 'LinkedIn', measure, media });
  const parts = outgoing.parts.map((each, at) => (at === index ? part : each));
  refuseAll('LinkedIn', refuses({ ...outgoing, parts }, index));
}
