import { asPulseError, type PulseError } from '../errors.ts';
import { type ArchiveItem, isMalformed } from './archive.ts';
import type { Cursor, Cursors } from './cursors.ts';
import { createOnce, type IntakeCounts, type Once } from './once.ts';
import { isDue, pressed, recovered } from './pace.ts';
import type { Signal } from './signal.ts';
import type { Source } from './source.ts';

/** A stream of posts, to be read once. The rest is up to date at any time and final when the stream has ended. */
export interface Intake extends AsyncIterable<Signal> {
  readonly counts: Readonly<IntakeCounts>;
  /** Where to go on next time: those handed in, moved on. */
  readonly cursors: Cursors;
  /** Sources that were down. The others went on. */
  readonly failures: readonly { source: string; error: PulseError }[];
  /** Sources left alone for now, because they could not be read the last times. */
  readonly paused: readonly string[];
}

export interface IntakeOptions {
  /** ms UTC; sources under pressure are left alone for a while by this clock. */
  now?: () => number;
  cursors?: Cursors;
  /** What was seen before, e.g. by reading the window; new unless given. */
  once?: Once;
  /** Ends reading; what was read until then stays. */
  signal?: AbortSignal;
  /** Sources read at the same time. */
  concurrency?: number;
}

/**
 * Reads sources side by side, at most eight at a time and never further ahead of the reader than one post each. Every post
 * comes once, with its marks; what cannot be read is counted, a source that is down is named, and neither stops the rest.
 */
export function ingest(sources: readonly Source[], options: IntakeOptions = {}): Intake {
  const once = options.once ?? createOnce();
  const cursors: Cursors = { ...options.cursors };
  const failures: { source: string; error: PulseError }[] = [];
  const now = options.now ?? (() => 0);
  const cursorOf = ({ name }: Source) => cursors[name] ?? {};
  const due = sources.filter((source) => isDue(cursorOf(source), now()));

  const move = ({ name }: Source, cursor: Cursor) => {
    const { pause } = cursors[name] ?? {};
    cursors[name] = { ...cursor, ...(pause !== undefined && { pause }) };
  };
  const open = (source: Source) => ({
    source,
    items: source
      .read(cursorOf(source), (cursor) => move(source, cursor), options.signal)
      [Symbol.asyncIterator](),
  });

  return {
    counts: once.counts,
    cursors,
    failures,
    paused: sources.filter((source) => !due.includes(source)).map(({ name }) => name),
    async *[Symbol.asyncIterator]() {
      const { marksOf } = await import('./marks/marks.ts');
      for await (const item of sideBySide(
        due.map((each) => () => open(each)),
        {
          most: options.concurrency ?? 8,
          failed(source, error) {
            failures.push({ source: source.name, error });
            const until = Number(error.details.until ?? 0);
            cursors[source.name] = pressed(cursorOf(source), now(), until);
          },
          finished(source) {
            cursors[source.name] = recovered(cursorOf(source), now());
          },
        },
      )) {
        if (isMalformed(item)) {
          once.counts.malformed += 1;
          continue;
        }
        const signal = once.admit(item);
        if (signal === undefined) continue;
        const marks = marksOf(signal);
        yield marks.length === 0 ? signal : { ...signal, marks };
      }
    },
  };
}

interface Opened {
  source: Source;
  items: AsyncIterator<ArchiveItem>;
}

interface Step {
  opened: Opened;
  item?: ArchiveItem;
}

async function* sideBySide(
  waiting: (() => Opened)[],
  events: {
    most: number;
    failed: (source: Source, error: PulseError) => void;
    finished: (source: Source) => void;
  },
): AsyncGenerator<ArchiveItem> {
  const { most, failed, finished } = events;
  const steps = new Map<Opened, Promise<Step>>();
  const step = async (opened: Opened): Promise<Step> => {
    try {
      const next = await opened.items.next();
      if (!next.done) return { opened, item: next.value };
      finished(opened.source);
      return { opened };
    } catch (error) {
      failed(opened.source, asPulseError(error));
      return { opened };
    }
  };
  const start = () => {
    const opened = waiting.shift()?.();
    if (opened) steps.set(opened, step(opened));
  };
  try {
    while (steps.size < most && waiting.length > 0) start();
    while (steps.size > 0) {
      const { opened, item } = await Promise.race(steps.values());
      steps.delete(opened);
      if (item === undefined) start();
      else {
        // Behind the others, so that a busy source does not keep them from being heard.
        steps.set(opened, step(opened));
        yield item;
      }
    }
  } finally {
    for (const opened of steps.keys()) void opened.items.return?.();
  }
}
