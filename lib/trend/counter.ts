import type { Signal } from '../ingest/signal.ts';
import type { DetectorOptions } from './options.ts';
import { createPast, type Past } from './past.ts';
import { createRecent } from './recent.ts';
import { Place, rowWidth } from './sketch/rows.ts';
import { createTally, type Tally } from './sketch/tally.ts';
import { type Candidate, type Look, standouts } from './standouts.ts';
import { weights } from './surprise.ts';
import { createScanner, Kind } from './terms/terms.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The hour and the day that run, each with what was counted in it. */
export interface Running {
  /** Number of the hour, and of the day, since 1970; -1 before the first post. */
  hour: number;
  day: number;
  /** Posts of the hour, and of the hours of the day that are over. */
  now: Tally;
  today: Tally;
  /** At least as many posts as `today` has for any term, by 16 bits of its hash: spares looking up what is rare. */
  atMost: Uint16Array;
}

/** Counts the terms of one network by the hour and by the day, and remembers what was usual. */
export function createCounter(options: DetectorOptions, past: Past = createPast(options.terms)) {
  const recent = createRecent(options.recent, options.window);
  const scan = createScanner();
  const running: Running = {
    hour: -1,
    day: -1,
    now: createTally(options.tally),
    today: createTally(options.tally),
    atMost: new Uint16Array(1 << 16),
  };
  const { now, today, atMost } = running;

  /** Moves what was counted in the hour into the day. */
  function closeHour(): void {
    if (now.posts === 0) return;
    const start = running.hour * hour;
    const { ints, size } = now;
    // Numbers of its own: what another file exports is looked up anew at each use.
    const [width, Low, High, Posts] = [rowWidth, Place.low, Place.high, Place.posts];
    for (let at = 0; at < size * width; at += width) {
      const posts = ints[at + Posts] ?? 0;
      const slot = (ints[at + High] ?? 0) & 0xffff;
      atMost[slot] = Math.min(0xffff, (atMost[slot] ?? 0) + posts);
      // What is said once is no custom.
      if (posts < 2) continue;
      const row = past.find(ints[at + Low] ?? 0, ints[at + High] ?? 0);
      past.addHour(row, start, posts / now.posts);
    }
    past.closeHour(start);
    today.absorb(now, options.tally);
    now.reset();
  }

  /** Moves what was counted in the day into the past. */
  function closeDay(): void {
    if (today.posts === 0) return;
    const end = { start: running.day * day, total: today.posts };
    const { ints, size } = today;
    const [width, Posts, Source] = [rowWidth, Place.posts, Place.source];
    const [rare, mostKind] = [2, Kind.phrase];
    for (let at = 0; at < size * width; at += width) {
      const posts = ints[at + Posts] ?? 0;
      const kind = (ints[at + Source] ?? 0) & 7;
      // Most phrases are said once and never again; a past of one post a day changes no score that counts.
      if (posts < rare && kind <= mostKind) continue;
      const term = { low: ints[at + Place.low] ?? 0, high: ints[at + Place.high] ?? 0 };
      past.add(term, posts, end, posts >= (weights[kind]?.least ?? 0));
    }
    past.close(end);
    today.reset();
    atMost.fill(0);
  }

  /** Closes every hour and day that is over at `at`. Time does not run backwards: a late post counts where the clock stands. */
  function advance(at: number): void {
    const number = Math.floor(at / hour);
    if (number <= running.hour) return;
    closeHour();
    const date = Math.floor(at / day);
    if (date > running.day) closeDay();
    running.hour = number;
    running.day = date;
  }

  return {
    past,
    recent,
    scan,
    running,
    advance,
    add(signal: Signal): void {
      advance(signal.at);
      const terms = scan(signal.text, signal.tags, true, signal.links);
      recent.add(signal, terms);
      now.add(signal, terms);
    },
    /** Takes what was counted elsewhere in the hour that began at `start` (ms UTC). */
    addTally(start: number, tally: Tally): void {
      advance(start);
      now.absorb(tally, options.tally);
    },
    /** Holds a post that was counted elsewhere, to read terms and evidence from. */
    hold(signal: Signal): void {
      recent.add(signal, scan(signal.text, signal.tags, true, signal.links));
    },
    /** Terms that are posted about more than usual, most unusual first. */
    standouts: (look?: Look): Candidate[] => standouts(running, past, look),
  };
}
export type Counter = ReturnType<typeof createCounter>;
