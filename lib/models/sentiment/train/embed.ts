import { readFile, writeFile } from 'node:fs/promises';
import { readVectors, type StoredVectors, writeVectors } from '../../embedding-cache.ts';
import { embeddingKey } from '../../embedding-key.ts';
import type { Embedder } from '../../model.ts';

/** Texts between two words on how far it is. */
const portion = 1000;

/**
 * The embedder, telling how far it is, and keeping its vectors in `file` between runs, also those of a run that was
 * stopped.
 */
export function keptVectors(
  embedder: Embedder,
  file: string | undefined,
  tell: (what: string) => void,
): Embedder {
  return {
    name: embedder.name,
    async embed(texts) {
      const kept = await vectorsIn(file);
      const keys = texts.map((text) => embeddingKey(embedder.name, text));
      const missing = new Map(keys.map((key, index) => [key, texts[index] ?? ''] as const));
      for (const key of kept.keys()) missing.delete(key);
      const wanted = [...missing];
      for (let from = 0; from < wanted.length; from += portion) {
        const part = wanted.slice(from, from + portion);
        const vectors = await embedder.embed(part.map(([, text]) => text));
        part.forEach(([key], index) => kept.set(key, vectors[index] ?? new Float32Array()));
        tell(`embedded ${String(from + part.length)} of ${String(wanted.length)} texts`);
        if ((from / portion) % 10 === 9) await keep(file, kept);
      }
      if (wanted.length > 0) await keep(file, kept);
      return keys.map((key) => kept.get(key) ?? new Float32Array());
    },
  };
}

async function keep(file: string | undefined, vectors: StoredVectors): Promise<void> {
  if (file !== undefined) await writeFile(file, writeVectors(vectors, vectors.size));
}

async function vectorsIn(file: string | undefined): Promise<StoredVectors> {
  const none = new Map<string, Float32Array>();
  if (file === undefined) return none;
  const bytes = await readFile(file).catch(() => undefined);
  return (bytes && readVectors(bytes)) ?? none;
}
