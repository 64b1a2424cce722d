import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Vectors kept on disk between runs, so that a text is embedded once and a match can be reckoned again to the last digit.
 *
 * The file: `SPEV`, a version byte and three zeros; then for each entry 32 bytes of key, the number of values (uint32) and
 * the values (float32), least used first, all little-endian; at last SHA-256 of everything before. The same entries in the
 * same order are the same bytes.
 */

const head = Buffer.from('SPEV\u0001\0\0\0', 'latin1');
const keyBytes = 32;
const sumBytes = 32;
/** Vectors kept; those unused for longest go first. 5000 of MiniLM's are 8 MB. */
export const mostVectors = 5000;
const longestVector = 8192;

/** By `embeddingKey`. A plain Map, in the order of last use. */
export type StoredVectors = Map<string, Float32Array>;

/** Vectors of a file; none when there is no file. `damaged` is told once when it holds something else. */
export async function loadVectors(
  path: string,
  damaged: (why: string) => void,
): Promise<StoredVectors> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') damaged(String(error));
    return new Map();
  }
  const vectors = readVectors(bytes);
  if (vectors === undefined) damaged('it is cut off or was changed');
  return vectors ?? new Map<string, Float32Array>();
}

/** Writes the vectors used last, whole or not at all. Throws what the file system throws. */
export async function saveVectors(path: string, vectors: StoredVectors): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, writeVectors(vectors));
  await rename(`${path}.part`, path);
}

/** The bytes of a file. */
export function writeVectors(vectors: StoredVectors, most = mostVectors): Buffer {
  const kept = [...vectors].slice(-most).filter(([key]) => /^[0-9a-f]{64}$/.test(key));
  const parts: Buffer[] = [head];
  for (const [key, values] of kept) {
    const entry = Buffer.alloc(keyBytes + 4 + 4 * values.length);
    entry.write(key, 'hex');
    entry.writeUInt32LE(values.length, keyBytes);
    values.forEach((value, index) => entry.writeFloatLE(value, keyBytes + 4 + 4 * index));
    parts.push(entry);
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/** Vectors of the bytes of a file; undefined when they are none, or not whole. */
export function readVectors(bytes: Buffer): StoredVectors | undefined {
  const end = bytes.length - sumBytes;
  if (end < head.length || !bytes.subarray(0, head.length).equals(head)) return undefined;
  const sum = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!sum.equals(bytes.subarray(end))) return undefined;
  const vectors: StoredVectors = new Map();
  let at = head.length;
  while (at < end) {
    const from = at + keyBytes + 4;
    if (from > end) return undefined;
    const length = bytes.readUInt32LE(at + keyBytes);
    if (length > longestVector || from + 4 * length > end) return undefined;
    const values = new Float32Array(length);
    for (let index = 0; index < length; index++)
      values[index] = bytes.readFloatLE(from + 4 * index);
    vectors.set(bytes.toString('hex', at, at + keyBytes), values);
    at = from + 4 * length;
  }
  return vectors;
}
