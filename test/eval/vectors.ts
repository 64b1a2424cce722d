import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundledEmbedder } from '../../lib/models/embeddings.ts';
import { readVectors, type StoredVectors, writeVectors } from '../../lib/models/embedding-cache.ts';
import { embeddingKey } from '../../lib/models/embedding-key.ts';

const file = join(import.meta.dirname, '../../node_modules/.cache/socialpulse/eval-vectors.bin');
/** Texts embedded before the file is written anew, so that an evaluation that was stopped goes on. */
const step = 2000;
let kept: StoredVectors | undefined;

/** Vectors of texts by the bundled model, kept on disk between evaluations. Says on stderr how far it is. */
export async function vectorsOf(texts: readonly string[]): Promise<Map<string, Float32Array>> {
  const stored = (kept ??= load());
  const embedder = await bundledEmbedder();
  const keys = new Map(
    [...new Set(texts)].map((text) => [text, embeddingKey(embedder.name, text)]),
  );
  const missing = [...keys.keys()].filter((text) => !stored.has(keys.get(text) ?? ''));
  for (let at = 0; at < missing.length; at += step) {
    console.error(`embedding ${at} of ${missing.length} texts`);
    const some = missing.slice(at, at + step);
    const vectors = await embedder.embed(some);
    vectors.forEach((vector, index) => stored.set(keys.get(some[index] ?? '') ?? '', vector));
    save(stored);
  }
  return new Map([...keys].map(([text, key]) => [text, stored.get(key) ?? new Float32Array()]));
}

function load(): StoredVectors {
  try {
    return readVectors(readFileSync(file)) ?? new Map<string, Float32Array>();
  } catch {
    return new Map<string, Float32Array>();
  }
}

function save(vectors: StoredVectors): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, writeVectors(vectors, Infinity));
  renameSync(`${file}.${process.pid}`, file);
}
