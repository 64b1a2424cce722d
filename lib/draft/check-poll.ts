import { formatDuration } from '../duration.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Checked } from './check.ts';
import type { PlannedPart } from './outgoing.ts';

/** A poll as a network takes it: beside nothing but its question, and as many options, as long, for as long. */
export function checkPoll(
  { places, report }: Checked,
  name: string,
  { poll: takes, title }: Platform,
  { poll, media, link }: PlannedPart,
) {
  if (!poll) return;
  const { options, duration, multiple } = poll;
  const line = places.front('poll');
  if (!takes) {
    report(
      'poll',
      line,
      `${title} has no polls (${name})`,
      'no poll, or a post of its own for the others',
    );
    return;
  }
  if (media.length > 0 || link)
    report(
      'poll',
      line,
      `the poll has files or a link card beside it for ${name}`,
      'a part of its own, e.g. part: 2',
    );
  if (multiple && takes.single)
    report(
      'poll',
      places.front('poll', 'multiple'),
      `everybody has one choice in a poll at ${name}`,
      'no multiple',
    );
  const { min, max } = takes.options;
  if (options.length < min || options.length > max)
    report(
      'poll',
      line,
      `the poll has ${String(options.length)} options for ${name}`,
      `${String(min)} to ${String(max)}`,
    );
  options.forEach((option, index) => {
    const length = Array.from(option).length;
    if (length > takes.length)
      report(
        'poll',
        places.front('poll', 'options', index),
        `“${option}” has ${String(length)} characters for ${name}`,
        `at most ${String(takes.length)}`,
      );
  });
  const { min: soonest, max: latest } = takes.duration;
  if (duration < soonest || duration > latest) {
    const expected =
      soonest === latest ? formatDuration(soonest) : `${inWords(soonest)} to ${inWords(latest)}`;
    report(
      'poll',
      places.front('poll', 'open'),
      `the poll is open for ${formatDuration(duration)} at ${name}`,
      expected,
    );
  }
}

/** In whole units, cut off: `30d` for a month of seconds. */
function inWords(ms: number): string {
  const unit = [86_400_000, 3_600_000, 60_000, 1000].find((each) => ms >= each) ?? 1;
  return formatDuration(Math.floor(ms / unit) * unit);
}
