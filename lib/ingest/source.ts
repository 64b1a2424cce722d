import type { ArchiveItem } from './archive.ts';
import type { Clock } from '../clock.ts';
import type { Cursor } from './cursors.ts';

/** How sources are read in one run. */
export interface Reading {
  fetch: typeof globalThis.fetch;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** How long to listen to streams, ms. */
  listen: number;
  /** How far back to read where there is no cursor yet, ms. */
  window: number;
}

/** Something to read posts from. */
export interface Source {
  /** Stable, because its cursor is kept under it, e.g. `feeds:https://example.org/rss`. */
  name: string;
  /** Set for one that is listened to for a while, not read to its end. */
  stream?: true;
  /**
   * Posts since the cursor. Calls `keep` with the cursor to go on from, again and again as it goes on. Throws a
   * PulseError when the source is down; ends early when `signal` is aborted.
   */
  read(
    cursor: Cursor,
    keep: (cursor: Cursor) => void,
    signal: AbortSignal | undefined,
  ): AsyncIterable<ArchiveItem>;
}
