import { z } from 'zod';
import { asPulseError } from '../../errors.ts';
import type { Match } from '../../match/match.ts';
import { matchTrends } from '../../match/matching.ts';
import type { EmbeddingCache } from '../../match/meaning.ts';
import { bundledEmbedder } from '../../models/embeddings.ts';
import type { Embedder } from '../../models/model.ts';
import { openJson } from '../../store/json.ts';
import type { Profile } from '../../store/profile.ts';
import type { Trend } from '../../trend/trend.ts';
import type { Desk } from '../context.ts';
import { trendSchema } from './trends.ts';

const matchesFile = z.object({
  at: z.number(),
  matches: z.array(
    z.object({
      profile: z.string(),
      score: z.number(),
      trend: trendSchema,
      reasons: z.array(
        z.object({
          kind: z.enum(['topic', 'meaning', 'account', 'deny']),
          text: z.string(),
          weight: z.number(),
        }),
      ),
    }),
  ),
});

/** Matches kept for the next step; it drafts fewer. */
const mostKept = 100;

/** Matches trends to profiles, best first, and keeps them. The embeddings of this process are computed once. */
export async function findMatches(
  desk: Desk,
  trends: readonly Trend[],
  profiles: readonly Profile[],
): Promise<readonly Match[]> {
  const embedder = trends.length === 0 ? undefined : await embedderOf(desk);
  const cache: EmbeddingCache = new Map();
  const found: Match[] = [];
  for (const profile of profiles) {
    found.push(...(await matchTrends(trends, profile, embedder, cache)));
  }
  const matches = found.sort((a, b) => b.score - a.score);
  const file = await openJson(desk.files, 'matches.json', matchesFile, { at: 0, matches: [] });
  const kept = matches.slice(0, mostKept);
  await file.write(matchesFile.parse({ at: desk.clock.now(), matches: kept }));
  return matches;
}

/** Without it words alone decide, which is said. */
async function embedderOf({ log }: Desk): Promise<Embedder | undefined> {
  try {
    return await bundledEmbedder();
  } catch (error) {
    log.warn({ err: asPulseError(error) }, 'matching by words alone');
    return undefined;
  }
}

/** The matches the last `match` step left. */
export async function lastMatches(desk: Desk): Promise<readonly Match[]> {
  const file = await openJson(desk.files, 'matches.json', matchesFile, { at: 0, matches: [] });
  return file.data.matches as readonly Match[];
}
