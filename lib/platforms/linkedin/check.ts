import { checkPart, refusal } from '../graph-check.ts';
import type { Outgoing, Part, Poll } from '../platform.ts';
import { splitQuestion } from '../question.ts';
import {
  commentMedia,
  measure,
  measureComment,
  media,
  poll as polls,
  questionLength,
} from './measure.ts';

const refuse = (message: string) => refusal('LinkedIn', message);

/** Refuses what LinkedIn would refuse, or cut, of a post. Throws DELIVERY_REFUSED. */
export function checkPost(outgoing: Outgoing, part: Part): void {
  checkPart(part, { platform: 'LinkedIn', measure, media });
  if (outgoing.at !== undefined) throw refuse('it plans no posts');
  const kinds = [part.poll, part.link, part.media[0]].filter((each) => each !== undefined);
  if (kinds.length > 1) throw refuse('a post has files, a link card or a poll, only one of them');
  if (part.poll) checkPoll(part.text, part.poll);
}

function checkPoll(text: string, { options, duration, multiple }: Poll): void {
  const { min, max } = polls.options;
  if (multiple) throw refuse('a poll takes one answer of each person');
  if (options.length < min || options.length > max)
    throw refuse(`a poll has ${String(min)} to ${String(max)} options`);
  const long = options.find((option) => option.length > polls.length || option === '');
  if (long !== undefined)
    throw refuse(`"${long}" is not 1 to ${String(polls.length)} characters long`);
  if (duration > polls.duration.max) throw refuse('a poll is open for 14 days at most');
  const { length } = splitQuestion(text).question;
  if (length > questionLength || length === 0)
    throw refuse(
      `the question, the last paragraph, has ${String(length)} characters of ${String(questionLength)}`,
    );
}

/** The same for a comment. */
export function checkComment(outgoing: Outgoing, part: Part): void {
  checkPart(part, { platform: 'LinkedIn', measure: measureComment, media: commentMedia });
  if (part.poll || part.link) throw refuse('a comment has no poll and no link card');
  if (outgoing.at !== undefined) throw refuse('it plans no posts');
}
