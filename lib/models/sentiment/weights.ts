import { fail } from '../../errors.ts';
import type { Calibration } from './calibration.ts';
import { buckets } from './hash.ts';
import type { Three } from './labels.ts';

/** Everything that was learned; `npm run train` writes it, `weights.bin` holds it. */
export interface Weights {
  /** For each bucket its weight for each label, `buckets * 3`. */
  linear: Float32Array;
  /** The head over an embedding: for each label `dimensions` weights and a bias. */
  head: Float32Array;
  /** From the linear machines' scores alone, and from theirs and the head's. */
  calibrations: { words: Calibration; both: Calibration };
  /** Share of each label in what was learned from; probabilities are calibrated to it. */
  shares: Three;
  about: About;
}

/** What it was learned from, for people and for the yardstick. */
export interface About {
  /** Parts of the collection that were learned from. */
  splits: readonly string[];
  texts: number;
  /** Name of the embedder whose vectors the head reads. */
  embedder: string;
}

interface Header extends Omit<Weights, 'linear' | 'head'> {
  format: number;
  /** The largest weight of each label. */
  most: Three;
  head: number;
}

const format = 1;
const steps = 127;

/**
 * The bytes of a weights file: a line of JSON, then a signed byte for each bucket and label, then the head as float32,
 * little-endian. A byte stands for `most * sign * (byte / 127)^2`, because most weights are small.
 */
export function pack(weights: Weights): Buffer {
  const { linear, head, ...rest } = weights;
  const most: [number, number, number] = [0, 0, 0];
  linear.forEach((weight, at) => {
    const label = (at % 3) as 0 | 1 | 2;
    most[label] = Math.max(most[label], Math.abs(weight));
  });
  const header: Header = { format, ...rest, most, head: head.length };
  const bytes = Int8Array.from(linear, (weight, at) => {
    const root = Math.sqrt(Math.abs(weight) / (most[(at % 3) as 0 | 1 | 2] || 1));
    return Math.sign(weight) * Math.round(steps * root);
  });
  const tail = Buffer.alloc(4 * head.length);
  head.forEach((weight, at) => tail.writeFloatLE(weight, 4 * at));
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    Buffer.from(bytes.buffer),
    tail,
  ]);
}

/** The weights of a file's bytes. Throws MODEL_FAILED when they are of another kind or not whole. */
export function unpack(bytes: Buffer): Weights {
  const end = bytes.indexOf(0x0a);
  const header = headerOf(bytes.subarray(0, Math.max(0, end)).toString('utf8'));
  const size = 3 * buckets;
  if (bytes.length !== end + 1 + size + 4 * header.head) throw broken('it is not whole');
  const { most, head, format: _, ...rest } = header;
  const linear = new Float32Array(size);
  for (let at = 0; at < size; at += 1) {
    const step = bytes.readInt8(end + 1 + at) / steps;
    linear[at] = step * Math.abs(step) * most[(at % 3) as 0 | 1 | 2];
  }
  const heads = Float32Array.from({ length: head }, (_each, at) =>
    bytes.readFloatLE(end + 1 + size + 4 * at),
  );
  return { ...rest, linear, head: heads };
}

function headerOf(line: string): Header {
  try {
    const header = JSON.parse(line) as Header;
    if (header.format === format) return header;
  } catch (error) {
    throw broken('it does not begin as a weights file does', error);
  }
  throw broken('it is of another format');
}

const broken = (why: string, cause?: unknown) =>
  fail('MODEL_FAILED', { provider: 'The sentiment model', why }, cause);
