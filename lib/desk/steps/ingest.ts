import { accountSources } from '../../ingest/account-sources.ts';
import { type IndicatorHistory, openHistory } from '../../ingest/indicators/history.ts';
import { indicatorNetwork } from '../../ingest/indicators/signal.ts';
import { indicatorSources } from '../../ingest/indicators/indicators.ts';
import { markAdvertised } from '../../ingest/marks/domain.ts';
import { isMalformed, readArchive } from '../../ingest/archive.ts';
import { fingerprint } from '../../ingest/fingerprint.ts';
import { type Cursors, cursorsSchema } from '../../ingest/cursors.ts';
import { ingest } from '../../ingest/ingest.ts';
import { createOnce, type IntakeCounts, noCounts, type Once } from '../../ingest/once.ts';
import type { Reading, Source } from '../../ingest/source.ts';
import { sourcesOf } from '../../ingest/sources.ts';
import { defaultWindow, readWindow } from '../../ingest/window.ts';
import type { Domain } from '../../store/domain.ts';
import { wordsOfDomains } from '../../store/domain-words.ts';
import { domainsOf } from '../../store/domains.ts';
import { openJson } from '../../store/json.ts';
import type { Profile } from '../../store/profile.ts';
import { replay, type ReplayOptions } from '../../trend/replay.ts';
import type { Trend } from '../../trend/trend.ts';
import { connectAccount } from '../connect.ts';
import type { Desk } from '../context.ts';
import { createBatch } from './batch.ts';
import { windowFolder } from './folders.ts';

export interface Listened {
  counts: IntakeCounts;
  /** Names of the sources that were down, with the reason. */
  down: readonly string[];
  sources: number;
}

/** Which part of the sources one of several jobs reads. */
export interface Shard {
  /** What the names of its sources begin with, e.g. `feeds:` or `reddit/desk:`; all when empty. */
  only: readonly string[];
  /** Of those, the ones whose number this is of so many, from 0. */
  index: number;
  of: number;
}

export interface Listen {
  cacheDir: string;
  /** How long to listen to streams, ms. */
  listen: number;
  /** Only what is listened to; feeds and searches have their own time. */
  streams?: boolean;
  /** Only a part of the sources; others read the rest at the same time. */
  shard?: Shard;
  tell?: (signals: number) => void;
}

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
  const domains = await desk.domains();
  const { spam } = wordsOfDomains(profiles.flatMap((profile) => domainsOf(profile, domains)));
  const watched = options.streams ? undefined : await watchIndicators(desk, profiles, domains);
  const all = [
    ...sourcesOf(profiles, reading),
    ...ownSources(desk, profiles, reading),
    ...(watched?.sources ?? []),
  ];
  const chosen = options.streams ? all.filter(({ stream }) => stream) : all;
  const sources = partOf(chosen, options.shard);
  const open = () => openJson<Cursors>(files, 'cursors.json', cursorsSchema, {});
  const kept = await open();
  const once = await seenBefore(options.cacheDir, clock.now());
  const intake = ingest(sources, { cursors: kept.data, now: () => clock.now(), once });
  const batch = createBatch(options.cacheDir, clock);
  const write = async () => {
    // The posts before the cursors: what is read again is known again, what is lost is lost.
    const cursors = structuredClone(intake.cursors);
    await batch.write();
    await watched?.history.flush();
    return cursors;
  };
  // Another job may be reading other sources at the same time.
  const keep = async (cursors: Cursors) => {
    const file = await open();
    const ours = sources.flatMap(({ name }) => (cursors[name] ? [[name, cursors[name]]] : []));
    await file.write({ ...file.data, ...(Object.fromEntries(ours) as Cursors) });
  };
  for await (const signal of intake) {
    // The window is for posts of others; what indicators showed is kept with their history.
    if (signal.network !== indicatorNetwork) batch.add(markAdvertised(signal, spam));
    options.tell?.(intake.counts.signals);
    if (batch.full) await write();
    else if (batch.due) await keep(await write());
  }
  await keep(await write());
  for (const { source, error } of intake.failures) {
    log.warn({ source, err: error }, 'a source is down; the next run tries again');
  }
  const down = intake.failures.map(({ source, error }) => `${source}: ${error.message}`);
  return { counts: { ...intake.counts }, down, sources: sources.length };
}

/** What the window holds is known: a post that another source or a later run brings again is counted once. */
async function seenBefore(cacheDir: string, now: number): Promise<Once> {
  const once = createOnce();
  for await (const item of readWindow(windowFolder(cacheDir), now))
    if (!isMalformed(item)) once.admit(item);
  Object.assign(once.counts, noCounts());
  return once;
}

/** The part of the sources that this shard reads: those of its networks and accounts, or every n-th. */
function partOf(sources: readonly Source[], shard: Shard | undefined): readonly Source[] {
  if (shard === undefined) return sources;
  const { only, index, of } = shard;
  return sources.filter(({ name }) => {
    const named = only.length === 0 || only.some((each) => name.startsWith(each));
    return named && fingerprint(name) % of === index;
  });
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

/** The indicators of the profiles and of the domain packs they name, with what these showed so far. */
async function watchIndicators(
  desk: Desk,
  profiles: readonly Profile[],
  domains: readonly Domain[],
): Promise<{ sources: readonly Source[]; history: IndicatorHistory } | undefined> {
  const indicators = profiles.flatMap((profile) => [
    ...profile.sources.indicators,
    ...domainsOf(profile, domains).flatMap((each) => each.indicators),
  ]);
  if (indicators.length === 0) return undefined;
  const { files, fetch, clock, log, readDefault: readFile } = desk;
  const history = await openHistory(files, clock.now(), (path) => {
    log.warn({ file: path }, 'what indicators showed cannot be read; it is gathered anew');
  });
  return { history, sources: indicatorSources(indicators, { fetch, clock, readFile, history }) };
}

/** Replays archives one after another, each on its own clock. Throws INPUT_UNREADABLE. */
export async function replayArchives(
  inputs: readonly string[],
  options: ReplayOptions = {},
): Promise<{ counts: IntakeCounts; trends: readonly Trend[] }> {
  const sum = noCounts();
  const trends: Trend[] = [];
  for (const input of inputs) {
    const replayed = await replay(readArchive(input), options);
    trends.push(...replayed.trends);
    sum.signals += replayed.counts.signals;
    sum.malformed += replayed.counts.malformed;
    sum.duplicates += replayed.counts.duplicates;
    sum.nearDuplicates += replayed.counts.nearDuplicates;
  }
  return { counts: sum, trends: trends.sort((a, b) => b.score - a.score) };
}
