import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Signal } from '../../ingest/signal.ts';
import { writeWindow } from '../../ingest/window.ts';
import { createTallies } from '../../trend/sketch/tallies.ts';
import { writeSketch } from '../sketches.ts';
import { sketchFolder, windowFolder } from './folders.ts';

/** Posts written at once; keeps memory bounded however long the networks are listened to. */
const most = 20_000;
/** Posts held back at most so long, ms: what a run that dies has heard since is heard again. */
const longest = 60_000;

/** Posts on their way into the cache: into the rolling window, and, counted, into a sketch. */
export function createBatch(cacheDir: string, clock: Pick<Clock, 'now'>) {
  let signals: Signal[] = [];
  let written = clock.now();

  return {
    add(signal: Signal): void {
      signals.push(signal);
    },
    /** Whether it should be written now: because it is large, or because it has waited long enough. */
    get full() {
      return signals.length >= most;
    },
    get due() {
      return clock.now() - written >= longest;
    },
    /** Writes what there is; nothing when there is nothing. */
    async write(): Promise<void> {
      const now = clock.now();
      const batch = signals;
      signals = [];
      written = now;
      const kept = await writeWindow(windowFolder(cacheDir), batch, now);
      if (kept === 0) return;
      const tallies = createTallies();
      // Clocks of others run ahead.
      for (const signal of batch) tallies.add(signal.at > now ? { ...signal, at: now } : signal);
      await writeSketch(join(sketchFolder(cacheDir), `${now}.ndjson.gz`), tallies.list());
    },
  };
}
