import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { draftPosts } from '../../lib/desk/steps/drafts.ts';
import { ingestSources, replayArchives } from '../../lib/desk/steps/ingest.ts';
import { findMatches } from '../../lib/desk/steps/matches.ts';
import { findTrends, keepTrends } from '../../lib/desk/steps/trends.ts';
import { chosenProfiles } from '../../lib/desk/tick.ts';
import type { IntakeCounts } from '../../lib/ingest/once.ts';
import { readSample } from '../../lib/ingest/sample.ts';
import { replay } from '../../lib/trend/replay.ts';
import type { Trend } from '../../lib/trend/trend.ts';
import type { OpenDesk } from './open.ts';
import type { StartOptions } from './options.ts';
import type { Progress, Tell } from './progress.ts';

/** What came in and what became of it. */
export interface Filled {
  counts: IntakeCounts;
  trends: number;
  matches: number;
  /** Ids of the posts that were drafted. */
  posts: readonly string[];
}

interface Intake {
  counts: IntakeCounts;
  trends: readonly Trend[];
}

/** Runs the desk's steps from ingest to draft, stage by stage. Throws INPUT_UNREADABLE, PROFILE_UNKNOWN. */
export async function fill(
  { app: { desk }, folder }: OpenDesk,
  options: StartOptions,
  progress: Progress,
): Promise<Filled> {
  const profiles = await chosenProfiles(desk, options);
  const match = (trends: readonly Trend[]) =>
    progress.stage(
      'match',
      () => findMatches(desk, trends, profiles),
      (found) =>
        `${number(found.length)} of ${number(trends.length)} trends are about ${options.profile}`,
    );
  const archived = options.input.length > 0;
  let intake = archived
    ? await fromArchives(options.input, progress)
    : await fromNetworks({ desk, profiles, folder }, options, progress);
  let matches = await match(intake.trends);
  // Whoever tries it in a quiet hour shall see a desk with something on it. An archive is taken at its word.
  if (!archived && matches.length === 0) {
    progress.say('  Nothing to show from the networks now, so here is the bundled sample.');
    progress.say('  All of its posts are made up.');
    intake = await fromSample(desk.clock.now(), progress);
    matches = await match(intake.trends);
  }
  await keepTrends(desk, intake.trends);
  const { posts } = await progress.stage(
    'draft',
    (tell) => draftPosts(desk, matches, profiles, { tell: (done) => tell(`${done} posts`) }),
    ({ posts: drafted }) =>
      drafted.length === 1
        ? '1 post opened as a merge request'
        : `${drafted.length} posts opened as merge requests`,
  );
  return { counts: intake.counts, trends: intake.trends.length, matches: matches.length, posts };
}

function fromSample(now: number, progress: Progress): Promise<Intake> {
  return progress.stage(
    'sample',
    () => replay(readSample(now)),
    ({ counts, trends }) => `${describe(counts)}; ${number(trends.length)} trends`,
  );
}

async function fromArchives(inputs: readonly string[], progress: Progress): Promise<Intake> {
  const sizes = await Promise.all(inputs.map((input) => sizeOf(input)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return progress.stage(
    'ingest',
    (tell) => replayArchives(inputs, { progress: tellCounts(tell, bytes) }),
    ({ counts, trends }) => `${describe(counts)}; ${number(trends.length)} trends`,
  );
}

/** About how many bytes of a packed archive one post takes; only for the bar. */
const bytesPerPost = 62;

function tellCounts(tell: Tell, bytes: number): (counts: Readonly<IntakeCounts>) => void {
  return ({ signals }) =>
    tell(`${number(signals)} posts`, Math.min(0.99, (signals * bytesPerPost) / Math.max(bytes, 1)));
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => (path.endsWith('.gz') ? size : size / 3),
    () => 0,
  );
}

interface Listening {
  desk: OpenDesk['app']['desk'];
  profiles: Parameters<typeof ingestSources>[1];
  folder: string;
}

/** The networks that need no account. */
async function fromNetworks(
  { desk, profiles, folder }: Listening,
  options: StartOptions,
  progress: Progress,
): Promise<Intake> {
  const cacheDir = join(folder, 'cache');
  const heard = await progress.stage(
    'ingest',
    (tell) =>
      ingestSources(desk, profiles, {
        cacheDir,
        listen: options.listen,
        tell: (signals) => tell(`${number(signals)} posts`),
      }),
    ({ counts, sources, down }) =>
      `${describe(counts)} from ${sources - down.length} of ${sources} sources`,
  );
  if (heard.down.length === heard.sources) {
    progress.say('  No network was reached.');
    return { counts: heard.counts, trends: [] };
  }
  const trends = await progress.stage(
    'trend',
    () => findTrends(desk, cacheDir),
    (found) => `${number(found.length)} trends`,
  );
  return { counts: heard.counts, trends };
}

function describe({ signals, malformed, duplicates, nearDuplicates }: IntakeCounts): string {
  return `${number(signals)} posts (${number(malformed)} malformed, ${number(duplicates)} seen before, ${number(nearDuplicates)} copies)`;
}

const number = (value: number) => value.toLocaleString('en-US');
