import type { z } from 'zod';
import { fail } from '../../errors.ts';
import { countGraphemes } from '../graphemes.ts';
import { showsNothing, thatHold } from '../parts.ts';
import type { Outgoing, Part } from '../outgoing.ts';
import type { Rules } from '../rules.ts';
import type { settings } from './settings.ts';
import { measureShown, media as mediaRules, poll as pollRules, show } from './measure.ts';

export type Chosen = z.infer<typeof settings>;

/** See `Platform.refuses`. */
export function refuses({ parts }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  return part
    ? thatHold([
        showsNothing(part, show),
        part.poll &&
          new Set(part.poll.options).size < part.poll.options.length &&
          'two options of the poll are the same',
      ])
    : [];
}

/** What is wrong with a part by these rules, in the network's words; empty when it can be sent. */
export function problemsOf(part: Part, chosen: Chosen, rules: Rules): string[] {
  const shown = show(part.text);
  const allowed = { ...mediaRules, ...rules.media };
  const most = { ...pollRules, ...rules.poll };
  const videos = part.media.filter(({ type }) => !type.startsWith('image/'));
  const problems = [
    tooLong(shown, chosen, rules),
    part.text.trim() === '' && part.media.length === 0 && 'there is neither text nor a picture',
    part.media.length > allowed.count && `${count(part.media.length, allowed.count)} files`,
    videos.length > 0 && part.media.length > 1 && 'a video stands alone, without other files',
    part.poll && part.media.length > 0 && 'a post has a poll or files, not both',
    ...part.media.flatMap(({ name, type, bytes, alt }) => {
      const video = !type.startsWith('image/');
      const bytesMost = video ? (allowed.video?.bytes ?? 0) : allowed.bytes;
      const types = video ? (allowed.video?.types ?? []) : allowed.types;
      const altMost = allowed.altLength ?? Infinity;
      return [
        !types.includes(type) && `${name} is ${type}, which it does not take`,
        bytes.length > bytesMost && `${name} has ${count(bytes.length, bytesMost)} bytes`,
        Array.from(alt).length > altMost &&
          `the alt text of ${name} has ${count(Array.from(alt).length, altMost)} characters`,
      ];
    }),
    ...(part.poll ? pollProblems(part.poll, most) : []),
    ...refuses({ delivery: '', parts: [part] }, 0),
  ];
  return problems.filter((problem) => typeof problem === 'string');
}

function tooLong(shown: string, { spoiler = '' }: Chosen, rules: Rules): string | false {
  // Most texts are short whatever their addresses count, and telling those apart is what takes time.
  const url = rules.url ?? 23;
  const atMost = shown.length + spoiler.length + url * (shown.split('://').length - 1);
  if (atMost <= (rules.characters ?? 500)) return false;
  const { length, limit } = measureShown(shown, rules);
  const all = length + countGraphemes(spoiler);
  return all > limit && `the text has ${count(all, limit)} characters`;
}

function pollProblems(
  { options, duration }: NonNullable<Part['poll']>,
  most: typeof pollRules,
): (string | false)[] {
  const { min, max } = most.options;
  return [
    (options.length < min || options.length > max) &&
      `a poll has ${String(min)} to ${String(max)} options, not ${String(options.length)}`,
    ...options.map(
      (option) =>
        countGraphemes(option) > most.length &&
        `the option "${option}" has ${count(countGraphemes(option), most.length)} characters`,
    ),
    (duration < most.duration.min || duration > most.duration.max) &&
      'a poll is open for five minutes to a month',
  ];
}

const count = (have: number, of: number) => `${String(have)} of at most ${String(of)}`;

/** What is asked of the instance for one part, as its API names it. `media` are ids of what was uploaded. */
export function paramsOf(
  outgoing: Outgoing,
  part: Part,
  chosen: Chosen,
  { media, replyTo }: { media: readonly string[]; replyTo?: string | undefined },
) {
  const { visibility, spoiler, sensitive } = chosen;
  const status = show(part.text);
  const { language, at } = outgoing;
  return {
    ...(visibility !== undefined && { visibility }),
    ...(spoiler !== undefined && { spoiler_text: spoiler }),
    ...(sensitive !== undefined && { sensitive }),
    ...(language !== undefined && { language: languageOf(language) }),
    ...(replyTo !== undefined && { in_reply_to_id: replyTo }),
    ...(at !== undefined && { scheduled_at: new Date(at).toISOString() }),
    ...(part.poll ? { poll: pollOf(part.poll), status } : { status }),
    ...(media.length > 0 && { media_ids: media }),
  };
}

function pollOf({ options, duration, multiple }: NonNullable<Part['poll']>) {
  return {
    options: [...options],
    expires_in: Math.round(duration / 1000),
    ...(multiple !== undefined && { multiple }),
  };
}

/** Two letters, or three: it knows no regions. */
function languageOf(tag: string): string {
  return tag.replace(/-.*/, '').toLowerCase();
}

/** Throws DELIVERY_REFUSED for what stands in the list. */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const message = problems.join('; ');
  throw fail('DELIVERY_REFUSED', { platform: 'Mastodon', status: 422, message });
}
