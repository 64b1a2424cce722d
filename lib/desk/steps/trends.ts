import { z } from 'zod';
import { toldMoves } from '../../ingest/indicators/history.ts';
import { readWindow } from '../../ingest/window.ts';
import { openJson } from '../../store/json.ts';
import { defaultTtl, type Profile } from '../../store/profile.ts';
import { trendSchema } from '../../store/trend.ts';
import { durations } from '../../trend/story/duration.ts';
import { withMoves } from '../../trend/indicators.ts';
import type { Trend } from '../../trend/trend.ts';
import type { Desk } from '../context.ts';
import { keepAccounts } from './key-accounts.ts';
import { countTrends } from './count.ts';
import { cachesOf, knownFile, windowFolder } from './folders.ts';
import { withLanguages } from './languages.ts';
import { withMoods } from './moods.ts';
import { wordsOfProfiles } from './words.ts';

const trendsFile = z.object({ at: z.number(), trends: z.array(trendSchema) });

/** Trends kept on the state branch; weaker ones are found again while they last. */
const mostKept = 200;

/** Finds what is rising in the rolling window, and keeps it for the steps that follow. */
export async function findTrends(desk: Desk, cacheDir: string): Promise<readonly Trend[]> {
  const now = desk.clock.now();
  const caches = await cachesOf(cacheDir);
  const window = () => readWindow(caches.map(windowFolder), now);
  const profiles = await desk.profiles();
  const { canonical, entity, sentiment } = await wordsOfProfiles(desk, profiles);
  const { trends, accounts } = await countTrends({
    known: knownFile(cacheDir),
    caches,
    now,
    warn: (error) => {
      desk.log.warn({ err: error }, 'what was counted before is left out');
    },
    canonical,
  });
  const lasting = trendsThatLast(trends, profiles, now);
  await keepAccounts(desk, accounts, trends, window());
  const moved = withMoves(lasting, await toldMoves(desk.files), entity, now).slice(0, mostKept);
  const spoken = await withLanguages(moved);
  return keepTrends(desk, await withMoods(desk, spoken, sentiment, window()));
}

/**
 * Trends that are still worth a post at `now` (ms UTC): somebody posted about them within the time to live of their kind, the longest
 * that a profile gives it.
 */
export function trendsThatLast(
  trends: readonly Trend[],
  profiles: readonly Pick<Profile, 'trends'>[],
  now: number,
): readonly Trend[] {
  const ttl = { ...defaultTtl };
  for (const kind of durations) {
    const asked = profiles.map(({ trends }) => trends.ttl[kind]);
    if (asked.length > 0) Object.assign(ttl, { [kind]: Math.max(...asked) });
  }
  return trends.filter(({ lastAt, duration = 'story' }) => lastAt > now - ttl[duration]);
}

/** Keeps trends, strongest first, for the steps that follow. */
export async function keepTrends(
  desk: Pick<Desk, 'files' | 'clock'>,
  trends: readonly Trend[],
): Promise<readonly Trend[]> {
  const kept = trends.slice(0, mostKept);
  const file = await openJson(desk.files, 'trends.json', trendsFile, { at: 0, trends: [] });
  await file.write(trendsFile.parse({ at: desk.clock.now(), trends: kept }));
  return kept;
}

/** The trends the last `trend` step left. */
export async function lastTrends(desk: Pick<Desk, 'files'>): Promise<readonly Trend[]> {
  const file = await openJson(desk.files, 'trends.json', trendsFile, { at: 0, trends: [] });
  return file.data.trends as readonly Trend[];
}
