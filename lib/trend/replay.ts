import { type Archive, type ArchiveItem, isMalformed } from '../ingest/archive.ts';
import { createOnce, type IntakeCounts } from '../ingest/once.ts';
import type { Signal } from '../ingest/signal.ts';
import { createDetector } from './detector.ts';
import { createFollower } from './follow.ts';
import type { DetectorOptions } from './options.ts';
import type { KeyAccount, Trend } from './trend.ts';

export interface Replayed {
  /** Every trend there was, as it stood at its peak, strongest first. */
  trends: Trend[];
  /** Accounts that were early on them, those that matter most first. */
  accounts: KeyAccount[];
  counts: IntakeCounts;
  /** The archive's own clock: its first and last post, ms UTC; 0 when there is none. */
  from: number;
  to: number;
}

export interface ReplayOptions extends Partial<DetectorOptions> {
  /** Called every 10,000 posts with the counts so far. */
  progress?: (counts: Readonly<IntakeCounts>) => void;
}

/** An archive of at most this many posts need not be in the order of time. */
export const sortable = 65_536;

/**
 * Runs an archive through a detector on the archive's own clock, with a tick at each full hour. The first 65,536 posts
 * are put in the order of time; the rest of a larger archive has to be in that order.
 */
export async function replay(
  items: AsyncIterable<ArchiveItem> | Archive,
  options: ReplayOptions = {},
): Promise<Replayed> {
  const detector = createDetector(options);
  const follower = createFollower(detector);
  const once = createOnce();
  const { counts } = once;
  const early: Signal[] = [];
  const state = { sorting: true };
  let from = Infinity;
  let to = 0;

  const add = (signal: Signal) => {
    if (signal.at < from) from = signal.at;
    if (signal.at > to) to = signal.at;
    follower.add(signal);
  };
  const drain = () => {
    for (const signal of early.sort((a, b) => a.at - b.at)) add(signal);
    early.length = 0;
    state.sorting = false;
  };

  const take = (item: ArchiveItem) => {
    if (isMalformed(item)) {
      counts.malformed += 1;
      return;
    }
    const signal = once.admit(item);
    if (signal === undefined) return;
    if (!state.sorting) add(signal);
    else if (early.push(signal) >= sortable) drain();
    if (counts.signals % 10_000 === 0) options.progress?.(counts);
  };
  if ('batches' in items) for await (const batch of items.batches()) batch.forEach(take);
  else for await (const item of items) take(item);
  drain();
  const trends = follower.finish();
  return { trends, accounts: detector.accounts(), counts, from: to === 0 ? 0 : from, to };
}
