import { join } from 'node:path';
import { readArchive } from '../../ingest/archive.ts';
import { cursorsSchema } from '../../ingest/cursors.ts';
import { ingest } from '../../ingest/ingest.ts';
import { type IntakeCounts, noCounts } from '../../ingest/once.ts';
import type { Signal } from '../../ingest/signal.ts';
import { sourcesOf } from '../../ingest/sources.ts';
import { defaultWindow, writeWindow } from '../../ingest/window.ts';
import { openJson } from '../../store/json.ts';
import type { Profile } from '../../store/profile.ts';
import { replay } from '../../trend/replay.ts';
import type { Trend } from '../../trend/trend.ts';
import type { Desk } from '../context.ts';

/** Where raw posts of others are kept for a while, below the cache folder. */
export const windowFolder = (cacheDir: string) => join(cacheDir, 'window');

export interface Listened {
  counts: IntakeCounts;
  /** Names of the sources that were down, with the reason. */
  down: readonly string[];
  sources: number;
}

/** Posts written to the window at once; keeps memory bounded however long the networks are listened to. */
const batchSize = 20_000;

/**
 * Reads every source the profiles name from where the last run ended, into the rolling window. Cursors are written when
 * the posts are safe. A source that is down is named and left for the next run.
 */
export async function ingestSources(
  desk: Desk,
  profiles: readonly Profile[],
  options: { cacheDir: string; listen: number; tell?: (signals: number) => void },
): Promise<Listened> {
  const { clock, fetch, files, log } = desk;
  const sources = sourcesOf(profiles, {
    fetch,
    clock,
    listen: options.listen,
    window: defaultWindow,
  });
  const kept = await openJson(files, 'cursors.json', cursorsSchema, {});
  const intake = ingest(sources, { cursors: kept.data });
  const folder = windowFolder(options.cacheDir);
  let batch: Signal[] = [];
  for await (const signal of intake) {
    batch.push(signal);
    options.tell?.(intake.counts.signals);
    if (batch.length < batchSize) continue;
    await writeWindow(folder, batch, clock.now());
    batch = [];
  }
  await writeWindow(folder, batch, clock.now());
  await kept.write(intake.cursors);
  for (const { source, error } of intake.failures) {
    log.warn({ source, err: error }, 'a source is down; the next run tries again');
  }
  const down = intake.failures.map(({ source, error }) => `${source}: ${error.message}`);
  return { counts: { ...intake.counts }, down, sources: sources.length };
}

/** Replays archives one after another, each on its own clock. Throws INPUT_UNREADABLE. */
export async function replayArchives(
  inputs: readonly string[],
  tell?: (counts: Readonly<IntakeCounts>) => void,
): Promise<{ counts: IntakeCounts; trends: readonly Trend[] }> {
  const sum = noCounts();
  const trends: Trend[] = [];
  for (const input of inputs) {
    const replayed = await replay(readArchive(input), tell === undefined ? {} : { progress: tell });
    trends.push(...replayed.trends);
    sum.signals += replayed.counts.signals;
    sum.malformed += replayed.counts.malformed;
    sum.duplicates += replayed.counts.duplicates;
    sum.nearDuplicates += replayed.counts.nearDuplicates;
  }
  return { counts: sum, trends: trends.sort((a, b) => b.score - a.score) };
}
