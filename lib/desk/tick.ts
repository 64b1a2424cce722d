import { z } from 'zod';
import { fail } from '../errors.ts';
import { openJson } from '../store/json.ts';
import type { Profile } from '../store/profile.ts';
import { watchAccounts } from './accounts/watch.ts';
import type { Desk } from './context.ts';
import { askInstances } from './instances.ts';
import { keepCount } from './limits.ts';
import { draftPosts } from './steps/drafts.ts';
import { listenCache } from './steps/folders.ts';
import { ingestSources, replayArchives, type Shard } from './steps/ingest.ts';
import { findMatches, lastMatches } from './steps/matches.ts';
import { findTrends, keepTrends, lastTrends } from './steps/trends.ts';
import { wordsOfProfiles } from './steps/words.ts';
import { sweep } from './sweep.ts';

export interface StepOptions {
  cacheDir: string;
  /** How long to listen to the networks, ms. */
  listen: number;
  /** Archives to replay instead of listening. */
  inputs: readonly string[];
  /** Only this profile. */
  profile?: string;
  /** Only this part of the sources. */
  shard?: Shard;
}

type Step = (desk: Desk, options: StepOptions) => Promise<object>;

/** Every step of the desk in the order in which data flows; each is a job of its own, and `tick` runs what is due. */
export const steps = {
  ingest: async (desk, options) => {
    const { counts, down, sources } = await ingestSources(
      desk,
      await chosenProfiles(desk, options),
      options,
    );
    await keepCount(desk);
    return { ...counts, sources, down: down.length };
  },
  trend: async (desk, { inputs, cacheDir }) => {
    if (inputs.length === 0) return { trends: (await findTrends(desk, cacheDir)).length };
    const { canonical } = await wordsOfProfiles(desk, await desk.profiles());
    const { trends, counts } = await replayArchives(inputs, { canonical });
    await keepTrends(desk, trends);
    return { trends: trends.length, ...counts };
  },
  match: async (desk, options) => {
    const profiles = await chosenProfiles(desk, options);
    const found = await findMatches(desk, await lastTrends(desk), profiles, options.cacheDir);
    return { matches: found.length };
  },
  draft: async (desk, options) => {
    const profiles = await chosenProfiles(desk, options);
    return draftPosts(desk, await lastMatches(desk), profiles, options);
  },
  refine: (desk) => sweep(desk, 'refine'),
  publish: (desk) => sweep(desk, 'publish'),
  sweep: (desk) => sweep(desk),
  accounts: async (desk) => ({
    ...(await watchAccounts(desk)),
    instances: await askInstances(desk, await desk.profiles()),
  }),
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;

/** How often `tick` runs a step at most, ms; what looks after posts runs every time. */
const every: Readonly<Record<StepName, number>> = {
  ingest: 600_000,
  trend: 600_000,
  match: 600_000,
  draft: 600_000,
  refine: 0,
  publish: 0,
  sweep: 0,
  accounts: 21_600_000,
};

const ranSchema = z.partialRecord(z.enum(Object.keys(steps) as [StepName]), z.number());
type Ran = z.infer<typeof ranSchema>;

/** Runs one step and remembers when, so that `tick` does not run again at once what has a schedule of its own. */
export async function runStep(desk: Desk, name: StepName, options: StepOptions): Promise<object> {
  const outcome = await steps[name](desk, options);
  if (every[name] > 0) {
    const ran = await openJson<Ran>(desk.files, 'ran.json', ranSchema, {});
    await ran.write({ ...ran.data, [name]: desk.clock.now() });
  }
  return outcome;
}

/** Runs whatever is due, in order. Refining and publishing are part of the sweep. Returns what each step did. */
export async function tick(desk: Desk, options: StepOptions): Promise<Record<string, object>> {
  const ran = await openJson<Ran>(desk.files, 'ran.json', ranSchema, {});
  const now = desk.clock.now();
  const outcomes: Record<string, object> = {};
  for (const name of Object.keys(steps) as StepName[]) {
    if (name === 'refine' || name === 'publish') continue;
    if (name === 'ingest' && options.inputs.length > 0) continue;
    const due = options.inputs.length > 0 || now - (ran.data[name] ?? 0) >= every[name];
    if (due) outcomes[name] = await runStep(desk, name, options);
  }
  return outcomes;
}

/** Listens to every stream the profiles name, and to nothing else, for `options.listen` ms. */
export async function listenToStreams(desk: Desk, options: StepOptions): Promise<object> {
  const profiles = await chosenProfiles(desk, options);
  const cacheDir = listenCache(options.cacheDir);
  const heard = await ingestSources(desk, profiles, { ...options, cacheDir, streams: true });
  await keepCount(desk);
  return { ...heard.counts, streams: heard.sources, down: heard.down.length };
}

/** The profile that was asked for, or all. Throws PROFILE_UNKNOWN. */
export async function chosenProfiles(
  desk: Desk,
  { profile }: Pick<StepOptions, 'profile'>,
): Promise<readonly Profile[]> {
  const profiles = await desk.profiles();
  if (profile === undefined) return profiles;
  const chosen = profiles.filter(({ name }) => name === profile);
  if (chosen.length > 0) return chosen;
  const known = profiles.map(({ name }) => name).join(', ');
  throw fail('PROFILE_UNKNOWN', { name: profile, known: known === '' ? 'none' : known });
}
