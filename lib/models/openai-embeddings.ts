import { fail } from '../errors.ts';
import { attempt, defaultTimeout, type ProviderSettings } from './attempt.ts';
import type { Embedder } from './model.ts';

const usual = 'text-embedding-3-small';
/** Texts of one request; servers refuse more than 2048, small ones far fewer. */
const most = 128;

/**
 * Vectors of OpenAI, or of any server that speaks its Embeddings API, brought to length 1. `name` tells model and server, because
 * vectors of two of them cannot be compared. Throws MODEL_FAILED, also for an answer that holds a vector too few, an
 * empty one or one of another length.
 */
export function createOpenAIEmbedder(settings: ProviderSettings): Embedder {
  const { key = 'none', url, fetch, model = usual, timeout = defaultTimeout } = settings;
  const host = url === undefined ? '' : `@${URL.parse(url)?.host ?? 'unknown'}`;
  const name = `openai/${model}${host}`;

  async function ask(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const { default: OpenAI } = await import('openai');
    const client = new OpenAI({
      apiKey: key,
      baseURL: url ?? null,
      maxRetries: 0,
      timeout,
      organization: null,
      project: null,
      ...(fetch && { fetch }),
    });
    // No text may be empty; a blank one has no meaning either way.
    const input = texts.map((text) => (text.trim() === '' ? '-' : text));
    const { data } = await attempt(
      name,
      (signal) => client.embeddings.create({ model, input, encoding_format: 'float' }, { signal }),
      timeout,
    );
    const inOrder = data.toSorted((a, b) => a.index - b.index);
    const size = inOrder[0]?.embedding.length ?? 0;
    return texts.map((_, index) => {
      const found = inOrder[index];
      const vector = found?.index === index ? unit(found.embedding) : undefined;
      if (vector?.length === size) return vector;
      const why = `the answer holds no usable vector for text ${String(index + 1)} of ${String(texts.length)}`;
      throw fail('MODEL_FAILED', { provider: name, why });
    });
  }

  return {
    name,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += most)
        vectors.push(...(await ask(texts.slice(at, at + most))));
      return vectors;
    },
  };
}

/** The vector at length 1; undefined for one that is empty, zero or holds what is no number. */
function unit(values: readonly number[]): Float32Array | undefined {
  const length = Math.hypot(...values);
  if (!Number.isFinite(length) || length === 0) return undefined;
  return Float32Array.from(values, (value) => value / length);
}
