import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LLMock } from '@copilotkit/aimock';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fail, type PulseError } from '../../lib/errors.ts';
import { embedCached } from '../../lib/match/meaning.ts';
import { embeddersOf, withEmbedder } from '../../lib/models/embedders.ts';
import {
  loadVectors,
  mostVectors,
  readVectors,
  saveVectors,
  writeVectors,
} from '../../lib/models/embedding-cache.ts';
import { embeddingKey } from '../../lib/models/embedding-key.ts';
import type { Embedder } from '../../lib/models/model.ts';
import { createOpenAIEmbedder } from '../../lib/models/openai-embeddings.ts';
import { secret } from '../../lib/secret.ts';
import { serveModels } from './server.ts';

const key = 'sk-very-secret-key-0123456789';
let server: LLMock;
let folder: string;
beforeAll(async () => {
  server = await serveModels();
  folder = await mkdtemp(join(tmpdir(), 'vectors-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  server.reset().clearChaos();
});
const url = () => `${server.url}/v1`;
const open = (more = {}) => createOpenAIEmbedder({ key, url: url(), model: 'm', ...more });
const length = (vector?: Float32Array) => Math.hypot(...(vector ?? []));

describe('embeddings of a server', () => {
  it('come as one unit vector a text, in order, whatever the texts', async () => {
    const texts = Array.from({ length: 300 }, (_, n) => (n === 7 ? '' : `text ${String(n)}`));
    const vectors = await open().embed(texts);
    expect(vectors).toHaveLength(300);
    for (const vector of vectors) expect(length(vector)).toBeCloseTo(1, 5);
    expect((await open().embed(['text 299']))[0]).toEqual(vectors[299]);
    expect(server.getRequests().length).toBe(4);
    expect(await open().embed([])).toEqual([]);
  });

  it('are named by model and server, because those of two cannot be compared', () => {
    expect(open().name).toBe(`openai/m@${new URL(server.url).host}`);
    expect(createOpenAIEmbedder({ key }).name).toBe('openai/text-embedding-3-small');
  });

  it.each([
    ['too few', [[1, 0]]],
    ['an empty one', [[1, 0], []]],
    [
      'one of no length',
      [
        [1, 0],
        [0, 0],
      ],
    ],
    [
      'two sizes',
      [
        [1, 0],
        [1, 0, 0],
      ],
    ],
  ])('are refused when the answer holds %s', async (_what, embeddings) => {
    const data = embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding }));
    const fetch = () => Promise.resolve(Response.json({ object: 'list', data, model: 'm' }));
    await expect(open({ fetch }).embed(['a', 'b'])).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringContaining('no usable vector for text 2 of 2') as string,
    });
  });

  it('fail in our own words, without the key', async () => {
    server.on({}, { error: { message: `bad key ${key}`, type: 'error' }, status: 401 });
    const error: PulseError = await open()
      .embed(['a'])
      .then(() => fail('INTERNAL', { why: 'no failure' }))
      .catch((thrown: unknown) => thrown as PulseError);
    expect(error.message).toMatch(/refused the key \(401\)/);
    expect(JSON.stringify(error)).not.toContain(key);
  });
});

describe('the embedder that is chosen', () => {
  const settings = () => ({ key: secret(key), url: url(), model: 'm' });

  it('is used, and gives way to the bundled one when it fails, which is said', async () => {
    const work = async (embedder: Embedder) => {
      await embedder.embed(['rate cut']);
      return embedder.name;
    };
    const told: string[] = [];
    const tell = ({ message }: PulseError) => void told.push(message);
    expect(await withEmbedder(await embeddersOf(settings()), work, tell)).toMatch(/^openai\/m@/);
    expect(told).toEqual([]);
    server.on({}, { error: { message: 'gone', type: 'error' }, status: 404 });
    expect(await withEmbedder(await embeddersOf(settings()), work, tell)).toBe(
      'bundled/minilm-l6-v2',
    );
    expect(told).toEqual([expect.stringContaining('does not know the model')]);
    expect(await withEmbedder(await embeddersOf(undefined), work, tell)).toMatch(/^bundled/);
  });

  it('does not hide mistakes that are no failure of a model', async () => {
    const broken = () => Promise.reject(fail('INTERNAL', { why: 'a mistake' }));
    const none = () => undefined;
    await expect(withEmbedder([broken, broken], () => broken(), none)).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    await expect(withEmbedder([], () => broken(), none)).rejects.toMatchObject({
      code: 'MODEL_FAILED',
    });
  });
});

describe('vectors kept on disk', () => {
  const vector = fc.float32Array({ minLength: 0, maxLength: 20, noNaN: true });
  const entries = fc.uniqueArray(fc.tuple(fc.string(), vector), { selector: ([text]) => text });
  const kept = (all: readonly [string, Float32Array][]) =>
    new Map(all.map(([text, values]) => [embeddingKey('m', text), values]));

  it('come back to the last bit, in the same order, from the same bytes', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const bytes = writeVectors(kept(all));
        const read = readVectors(bytes);
        expect([...(read ?? [])]).toEqual([...kept(all)]);
        expect(writeVectors(read ?? new Map<string, Float32Array>())).toEqual(bytes);
      }),
    );
  });

  it('are none when the file is damaged anywhere, which is said once', async () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, place, change) => {
        const bytes = writeVectors(kept(all));
        const at = place % bytes.length;
        expect(readVectors(bytes.subarray(0, at))).toBeUndefined();
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(readVectors(bytes)).toBeUndefined();
      }),
    );
    const path = join(folder, 'damaged.bin');
    const told: string[] = [];
    expect((await loadVectors(path, (why) => told.push(why))).size).toBe(0);
    expect(told).toEqual([]);
    await writeFile(path, 'no vectors');
    expect((await loadVectors(path, (why) => told.push(why))).size).toBe(0);
    expect(told).toHaveLength(1);
  });

  it('spare the next run the work, without keeping texts; the least used go first', async () => {
    const path = join(folder, 'a/embeddings.bin');
    let asked = 0;
    const embedder: Embedder = {
      name: 'counting',
      embed: (texts) => {
        asked += texts.length;
        return Promise.resolve(texts.map((text) => Float32Array.of(text.length, 1 / 3)));
      },
    };
    const texts = ['a secret thing', 'another', 'a third'];
    const run = async (wanted: readonly string[], by = embedder) => {
      const cache = await loadVectors(path, () => undefined);
      const vectors = await embedCached(wanted, by, cache);
      await saveVectors(path, cache);
      return vectors;
    };
    const first = await run(texts);
    expect(await run(texts.toReversed())).toEqual(first.toReversed());
    expect(asked).toBe(3);
    await run(texts, { ...embedder, name: 'other' });
    expect(asked).toBe(6);
    expect((await readFile(path)).includes('secret')).toBe(false);
    const full = kept(
      Array.from({ length: mostVectors + 5 }, (_, n) => [String(n), Float32Array.of(n)]),
    );
    const read = readVectors(writeVectors(full));
    expect([read?.size, read?.has(embeddingKey('m', '4'))]).toEqual([mostVectors, false]);
  });
});
