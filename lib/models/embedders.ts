import { fail, isError, type PulseError } from '../errors.ts';
import type { Secret } from '../secret.ts';
import type { Embedder } from './model.ts';

/** As `lib/config.ts` reads it. */
interface Provider {
  key?: Secret;
  url?: string;
  model?: string;
}

interface Surroundings {
  fetch?: typeof globalThis.fetch;
  timeout?: number;
}

/**
 * The embedders to try, the chosen one first and the bundled one last. Vectors of two cannot be compared: who uses one
 * uses it for the whole of a work and names it beside the result.
 */
export async function embeddersOf(
  chosen: Provider | undefined,
  { fetch, timeout }: Surroundings = {},
): Promise<readonly (() => Promise<Embedder>)[]> {
  const { bundledEmbedder } = await import('./embeddings.ts');
  if (chosen === undefined) return [bundledEmbedder];
  const { key, url, model } = chosen;
  const { createOpenAIEmbedder } = await import('./openai-embeddings.ts');
  const asked = createOpenAIEmbedder({
    ...(key && { key: key.reveal() }),
    ...(url !== undefined && { url }),
    ...(model !== undefined && { model }),
    ...(fetch && { fetch }),
    ...(timeout !== undefined && { timeout }),
  });
  return [() => Promise.resolve(asked), bundledEmbedder];
}

/**
 * Does a work with the first embedder it succeeds with; `tell` hears of each that failed. Throws MODEL_FAILED when none is left,
 * and at once whatever is no failure of a model.
 */
export async function withEmbedder<T>(
  embedders: readonly (() => Promise<Embedder>)[],
  work: (embedder: Embedder) => Promise<T>,
  tell: (failure: PulseError) => void,
): Promise<T> {
  let last = fail('MODEL_FAILED', { provider: 'no embedder', why: 'none is set' });
  for (const open of embedders) {
    try {
      return await work(await open());
    } catch (error) {
      if (!isError(error, 'MODEL_FAILED')) throw error;
      tell(error);
      last = error;
    }
  }
  throw last;
}
