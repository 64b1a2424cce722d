import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { asPulseError, fail, isError } from '../errors.ts';
import { readLines } from '../ingest/archive.ts';
import { createSketchReader, sketchLines } from '../trend/sketch/lines.ts';
import type { HourTally } from '../trend/sketch/tallies.ts';

/**
 * Leaves what a shard of ingest counted as one file, for the job that joins the shards: NDJSON, gzip, whole or not at
 * all. Terms are readable in it; posts are not in it.
 */
export async function writeSketch(path: string, hours: readonly HourTally[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(pieces(hours)), createGzip(), createWriteStream(part));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

/** What `writeSketch` wrote. Throws SKETCH_UNREADABLE when it is missing, damaged, or of another version. */
export async function readSketch(path: string): Promise<HourTally[]> {
  const reader = createSketchReader(path);
  try {
    for await (const { lines } of readLines(path))
      for (const line of lines) reader.take(line ?? '');
    return reader.end();
  } catch (error) {
    if (isError(error, 'SKETCH_UNREADABLE')) throw error;
    throw fail('SKETCH_UNREADABLE', { file: path, why: asPulseError(error).message }, error);
  }
}

/** Lines many at a time: to hand over each by itself would take most of the time. */
function* pieces(hours: readonly HourTally[]): Generator<string> {
  let piece = '';
  for (const line of sketchLines(hours)) {
    piece += line;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
