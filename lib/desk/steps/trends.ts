import { z } from 'zod';
import { readWindow } from '../../ingest/window.ts';
import { openJson } from '../../store/json.ts';
import { replay } from '../../trend/replay.ts';
import type { Trend } from '../../trend/trend.ts';
import type { Desk } from '../context.ts';
import { listenCache, windowFolder } from './ingest.ts';

const evidence = z.object({
  signal: z.string(),
  network: z.string(),
  excerpt: z.string(),
  at: z.number(),
  url: z.string().optional(),
  author: z.string().optional(),
});

export const trendSchema = z.object({
  id: z.string(),
  name: z.string(),
  terms: z.array(z.string()),
  score: z.number(),
  posts: z.number(),
  expected: z.number(),
  authors: z.number().optional(),
  firstAt: z.number(),
  lastAt: z.number(),
  networks: z.array(z.string()),
  evidence: z.array(evidence),
});

const trendsFile = z.object({ at: z.number(), trends: z.array(trendSchema) });

/** Trends kept on the state branch; weaker ones are found again while they last. */
const mostKept = 200;
/** A trend nobody has posted about for so long is over, ms. */
const over = 6 * 3_600_000;

/** Finds what is rising in the rolling window, and keeps it for the steps that follow. */
export async function findTrends(desk: Desk, cacheDir: string): Promise<readonly Trend[]> {
  const now = desk.clock.now();
  const { trends } = await replay(
    readWindow([cacheDir, listenCache(cacheDir)].map(windowFolder), now),
  );
  return keepTrends(
    desk,
    trends.filter(({ lastAt }) => lastAt > now - over),
  );
}

/** Keeps trends, strongest first, for the steps that follow. */
export async function keepTrends(desk: Desk, trends: readonly Trend[]): Promise<readonly Trend[]> {
  const kept = trends.slice(0, mostKept);
  const file = await openJson(desk.files, 'trends.json', trendsFile, { at: 0, trends: [] });
  await file.write(trendsFile.parse({ at: desk.clock.now(), trends: kept }));
  return kept;
}

/** The trends the last `trend` step left. */
export async function lastTrends(desk: Desk): Promise<readonly Trend[]> {
  const file = await openJson(desk.files, 'trends.json', trendsFile, { at: 0, trends: [] });
  return file.data.trends as readonly Trend[];
}
