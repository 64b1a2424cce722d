import { showsNothing, thatHold } from '../parts.ts';
import type { Outgoing } from '../outgoing.ts';
import { splitQuestion } from '../question.ts';
import { answeredBy } from './address.ts';
import { captionLimit, countCharacters, questionLimit, show } from './measure.ts';
import { spellOut } from './spell.ts';

/** See `Platform.refuses`. */
export function refuses({ parts, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const asked = part.poll && splitQuestion(part.text);
  const question = asked && countCharacters(asked.question);
  const before = asked && countCharacters(spellOut(asked.before).plain);
  return thatHold([
    showsNothing(part, show),
    part.link && part.media.length > 0 && 'files and a link card cannot be in one message',
    question !== undefined &&
      (question === 0 || question > questionLimit) &&
      `the last paragraph is what a poll asks: 1 to ${questionLimit} characters, this has ${question}`,
    before !== undefined &&
      before > captionLimit &&
      `what describes a poll may have ${captionLimit} characters, this has ${before}`,
    index === 0 &&
      reply !== undefined &&
      !answeredBy(reply, '') &&
      `"${reply}" is no address of a message`,
  ]);
}
