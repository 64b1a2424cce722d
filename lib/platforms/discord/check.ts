import { showsNothing, thatHold } from '../parts.ts';
import type { Media, Outgoing, Part } from '../outgoing.ts';
import { splitQuestion } from '../question.ts';
import { contentOf, media as rules, questionLimit } from './measure.ts';

/** The message an address names, and its channel where it says so; undefined when it names none. */
export function messageIn(reply: string): { channel?: string; message: string } | undefined {
  const [, channel, message] =
    /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:@me|\d+)\/)?(?:(\d+)\/)?(\d+)$/.exec(
      reply.trim(),
    ) ?? [];
  if (message === undefined) return undefined;
  return { message, ...(channel !== undefined && { channel }) };
}

/** Files of a part in the order they are sent. */
export function filesOf({ media, link }: Part): readonly Media[] {
  return link?.image ? [...media, link.image] : media;
}

/** See `Platform.refuses`. */
export function refuses({ parts, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const files = filesOf(part).length;
  const asked = part.poll && Array.from(splitQuestion(part.text).question).length;
  return thatHold([
    showsNothing(part, contentOf),
    part.media.length <= rules.count &&
      files > rules.count &&
      `${files} files, the picture of the link among them, of ${rules.count}`,
    asked !== undefined &&
      (asked === 0 || asked > questionLimit) &&
      `the last paragraph is what a poll asks: 1 to ${questionLimit} characters, this has ${asked}`,
    index === 0 &&
      reply !== undefined &&
      !messageIn(reply) &&
      `"${reply}" is no address of a message`,
  ]);
}
