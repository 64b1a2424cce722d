import { join } from 'node:path';
import { accountSources } from '../../ingest/account-sources.ts';
import { readArchive } from '../../ingest/archive.ts';
import { type Cursors, cursorsSchema } from '../../ingest/cursors.ts';
import { ingest } from '../../ingest/ingest.ts';
import { type IntakeCounts, noCounts } from '../../ingest/once.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Reading, Source } from '../../ingest/source.ts';
import { sourcesOf } from '../../ingest/sources.ts';
import { defaultWindow, writeWindow } from '../../ingest/window.ts';
import { openJson } from '../../store/json.ts';
import type { Profile } from '../../store/profile.ts';
import { replay } from '../../trend/replay.ts';
import type { Trend } from '../../trend/trend.ts';
import { connectAccount } from '../connect.ts';
import type { Desk } from '../context.ts';

/** Where raw posts of others are kept for a while, below the cache folder. */
export const windowFolder = (cacheDir: string) => join(cacheDir, 'window');

/** The cache folder of jobs that only listen: they run beside the others, and two jobs cannot write one cache. */
export const listenCache = (cacheDir: string) => `${cacheDir}-listen`;

export interface Listened {
  counts: IntakeCounts;
  /** Names of the sources that were down, with the reason. */
  down: readonly string[];
  sources: number;
}

export interface Listen {
  cacheDir: string;
  /** How long to listen to streams, ms. */
  listen: number;
  /** Only what is listened to; feeds and searches have their own time. */
  streams?: boolean;
  tell?: (signals: number) => void;
}

/** Posts written to the window at once; keeps memory bounded however long the networks are listened to. */
const batchSize = 20_000;
/** Posts held back from the window at most so long, ms: what a run that dies has heard since is heard again. */
const batchMs = 60_000;

/**
 * Reads every source the profiles name from where the last run ended, into the rolling window. Cursors are written when
 * the posts are safe. A source that is down is named and left for the next run.
 */
export async function ingestSources(
  desk: Desk,
  profiles: readonly Profile[],
  options: Listen,
): Promise<Listened> {
  const { clock, fetch, files, log } = desk;
  const reading = { fetch, clock, listen: options.listen, window: defaultWindow };
  const all = [...sourcesOf(profiles, reading), ...ownSources(desk, profiles, reading)];
  const sources = options.streams ? all.filter(({ stream }) => stream) : all;
  const open = () => openJson<Cursors>(files, 'cursors.json', cursorsSchema, {});
  const kept = await open();
  const intake = ingest(sources, { cursors: kept.data, now: () => clock.now() });
  const folder = windowFolder(options.cacheDir);
  let batch: Signal[] = [];
  let written = clock.now();
  const write = async () => {
    // The posts before the cursors: what is read again is known again, what is lost is lost.
    const cursors = structuredClone(intake.cursors);
    await writeWindow(folder, batch, clock.now());
    batch = [];
    written = clock.now();
    return cursors;
  };
  // Another job may be reading other sources at the same time.
  const keep = async (cursors: Cursors) => {
    const file = await open();
    const ours = sources.flatMap(({ name }) => (cursors[name] ? [[name, cursors[name]]] : []));
    await file.write({ ...file.data, ...(Object.fromEntries(ours) as Cursors) });
  };
  for await (const signal of intake) {
    batch.push(signal);
    options.tell?.(intake.counts.signals);
    if (batch.length >= batchSize) await write();
    else if (clock.now() - written >= batchMs) await keep(await write());
  }
  await keep(await write());
  for (const { source, error } of intake.failures) {
    log.warn({ source, err: error }, 'a source is down; the next run tries again');
  }
  const down = intake.failures.map(({ source, error }) => `${source}: ${error.message}`);
  return { counts: { ...intake.counts }, down, sources: sources.length };
}

/** What the profiles read with accounts of their own, as far as those have credentials. */
function ownSources(desk: Desk, profiles: readonly Profile[], reading: Reading): readonly Source[] {
  return profiles.flatMap((profile) =>
    profile.sources.accounts.flatMap((from) => {
      const account = profile.accounts.find(({ name }) => name === from.account);
      if (account === undefined) return [];
      return accountSources(from, account.platform, () => connectAccount(desk, account), reading);
    }),
  );
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
