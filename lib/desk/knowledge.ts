import { knowledgeFor, loadKnowledge } from '../draft/knowledge.ts';
import { isError } from '../errors.ts';
import type { Match } from '../match/match.ts';
import type { EmbeddingCache } from '../match/meaning.ts';
import { bundledEmbedder } from '../models/embeddings.ts';
import type { Desk } from './context.ts';

/**
 * What of the desk's knowledge a match draws on, by path. The bundled embedder alone compares: the ranking was learnt
 * with it, and nothing is sent anywhere. When it fails words decide, which is logged.
 */
export async function drawnOn(
  desk: Desk,
  { trend, profile }: Match,
  cache: EmbeddingCache,
): Promise<Readonly<Record<string, string>>> {
  const files = await loadKnowledge(profile, desk.readDefault, desk.listDefault);
  if (files.length === 0) return {};
  try {
    return await knowledgeFor(trend, files, await bundledEmbedder(), cache);
  } catch (error) {
    if (!isError(error, 'MODEL_FAILED')) throw error;
    desk.log.warn({ err: error }, 'knowledge is chosen by words alone');
    return knowledgeFor(trend, files);
  }
}
