import { join } from 'node:path';
import { asPulseError } from '../errors.ts';
import type { EmbeddingCache } from '../match/meaning.ts';
import { loadVectors, saveVectors } from '../models/embedding-cache.ts';
import type { Desk } from './context.ts';

/** Vectors of earlier runs, so that no text is embedded twice; nothing is kept without a cache folder. */
export interface Vectors {
  cache: EmbeddingCache;
  /** Writes them for the next run; that it failed is logged. */
  keep: () => Promise<void>;
}

/** Reads them; a file that cannot be read is said, and begun anew. */
export async function openVectors(
  { log }: Pick<Desk, 'log'>,
  cacheDir: string | undefined,
): Promise<Vectors> {
  if (cacheDir === undefined) return { cache: new Map(), keep: () => Promise.resolve() };
  const file = join(cacheDir, 'embeddings.bin');
  const cache = await loadVectors(file, (why) => {
    log.warn({ file, why }, 'kept vectors cannot be read; texts are embedded anew');
  });
  const keep = () =>
    saveVectors(file, cache).catch((error: unknown) => {
      log.warn({ err: asPulseError(error) }, 'vectors are not kept for the next run');
    });
  return { cache, keep };
}
