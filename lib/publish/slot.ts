import { Cron } from 'croner';
import type { Profile } from '../store/profile.ts';

type Posting = Pick<Profile['posting'], 'zone' | 'windows'>;

const week = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/**
 * The first moment from `now` on (ms UTC) at which the profile's posting windows let something out: `now` itself inside
 * a window or where there are none. Windows are in the zone's local time; one that ends no later than it begins runs
 * past midnight. A beginning that the change to summer time leaves out is taken when the clocks have moved on.
 */
export function nextSlot(posting: Posting, now: number): number {
  const { windows, zone } = posting;
  if (windows.length === 0) return now;
  const { day, minutes } = localTime(now, zone);
  const yesterday = (day + 6) % 7;
  const open = windows.some((window) => {
    const from = minutesOf(window.from);
    const to = minutesOf(window.to);
    const opensOn = (index: number) => window.days.some((name) => name === week[index]);
    if (from < to) return opensOn(day) && minutes >= from && minutes < to;
    return (opensOn(day) && minutes >= from) || (opensOn(yesterday) && minutes < to);
  });
  if (open) return now;
  const starts = windows.flatMap((window) => {
    const from = minutesOf(window.from);
    const pattern = `${String(from % 60)} ${String(Math.floor(from / 60))} * * ${window.days.join(',')}`;
    return new Cron(pattern, { timezone: zone }).nextRun(new Date(now))?.getTime() ?? [];
  });
  return Math.min(...starts);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Day of the week (0 is Sunday) and minutes since midnight by the clocks of a zone. */
function localTime(at: number, zone: string): { day: number; minutes: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
  const day = week.findIndex((name) => name === parts.weekday?.toLowerCase());
  return { day, minutes: Number(parts.hour) * 60 + Number(parts.minute) };
}
