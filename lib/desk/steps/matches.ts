import { z } from 'zod';
import { isError } from '../../errors.ts';
import type { Match } from '../../match/match.ts';
import { matchTrends } from '../../match/matching.ts';
import { priorOf } from '../../match/prior.ts';
import { withEmbedder } from '../../models/embedders.ts';
import type { Embedder } from '../../models/model.ts';
import { wordsOfDomains } from '../../store/domain-words.ts';
import { domainsOf } from '../../store/domains.ts';
import { openJson } from '../../store/json.ts';
import type { Profile } from '../../store/profile.ts';
import { trendSchema } from '../../store/trend.ts';
import { withDomain } from '../../trend/domain.ts';
import type { Trend } from '../../trend/trend.ts';
import type { Desk } from '../context.ts';
import { openVectors } from '../vectors.ts';
import { noteMatches } from './key-accounts.ts';

const matchesFile = z.object({
  at: z.number(),
  matches: z.array(
    z.object({
      profile: z.string(),
      score: z.number(),
      embedder: z.string().optional(),
      trend: trendSchema,
      reasons: z.array(
        z.object({
          kind: z.enum(['topic', 'meaning', 'account', 'prior', 'deny']),
          text: z.string(),
          weight: z.number(),
        }),
      ),
    }),
  ),
});

/** Matches kept for the next step; it drafts fewer. */
const mostKept = 100;

/**
 * Matches trends to profiles, best first, and keeps them. All scores of a run come from one embedder, whose name stands
 * in each match; when it fails, the bundled one starts over, and without any words alone decide: both are said. Texts of
 * earlier runs are not embedded again where a cache folder is given.
 */
export async function findMatches(
  desk: Desk,
  trends: readonly Trend[],
  profiles: readonly Profile[],
  cacheDir?: string,
): Promise<readonly Match[]> {
  const { log, clock } = desk;
  const { cache, keep } = await openVectors(desk, cacheDir);
  const [domains, records] = await Promise.all([
    desk.domains(),
    desk.records.all((id, error) => log.warn({ post: id, err: error }, 'left out of the prior')),
  ]);
  const prior = priorOf(records, clock.now());
  const matchAll = async (embedder?: Embedder) => {
    const found: Match[] = [];
    for (const profile of profiles) {
      const words = wordsOfDomains(domainsOf(profile, domains));
      const known = { expand: words.expand, prior: (topic: string) => prior(profile.name, topic) };
      const seen = withDomain(trends, words);
      const matches = await matchTrends(seen, profile, embedder, cache, known);
      found.push(
        ...matches.map((each) => (embedder ? { ...each, embedder: embedder.name } : each)),
      );
    }
    return found.sort((a, b) => b.score - a.score);
  };
  const embedders = trends.length === 0 ? [] : await desk.embedders();
  const matches = await withEmbedder(embedders, matchAll, (failure) => {
    log.warn({ err: failure }, 'matching goes on with another embedder, or by words alone');
  }).catch((error: unknown) => {
    if (isError(error, 'MODEL_FAILED')) return matchAll();
    throw error;
  });
  await keep();
  const file = await openJson(desk.files, 'matches.json', matchesFile, { at: 0, matches: [] });
  const kept = matches.slice(0, mostKept);
  await file.write(matchesFile.parse({ at: clock.now(), matches: kept }));
  await noteMatches(desk, matches, profiles);
  return matches;
}

/** The matches the last `match` step left. */
export async function lastMatches(desk: Desk): Promise<readonly Match[]> {
  const file = await openJson(desk.files, 'matches.json', matchesFile, { at: 0, matches: [] });
  return file.data.matches as readonly Match[];
}
