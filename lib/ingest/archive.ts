import { asPulseError } from '../errors.ts';
import { readBytes } from './bytes.ts';
import { createLineSplitter, type Line, lineLimit } from './lines.ts';
import { signalOf } from './post.ts';
import type { Signal } from './signal.ts';

/** A line or item that could not be read. Counted and left out, never fatal. */
export interface Malformed {
  malformed: true;
  /** 1-based line of an archive, or item of a feed. */
  line: number;
  why: string;
}

export type ArchiveItem = Signal | Malformed;

export const isMalformed = (item: ArchiveItem): item is Malformed => 'malformed' in item;

export interface Lines {
  /** Number of the first line, 1-based. */
  first: number;
  lines: readonly Line[];
}

/**
 * Lines of a file, plain or gzip, many at a time, within bounded memory. Throws INPUT_UNREADABLE after all that could be
 * read was given out.
 */
export async function* readLines(path: string): AsyncGenerator<Lines> {
  const splitter = createLineSplitter();
  let first = 1;
  for await (const chunk of readBytes(path)) {
    const lines = splitter.push(chunk);
    if (lines.length > 0) yield { first, lines };
    first += lines.length;
  }
  const lines = splitter.end();
  if (lines.length > 0) yield { first, lines };
}

/** Posts one by one, or many at a time, which is quicker for those who take all of them. */
export interface Archive extends AsyncIterable<ArchiveItem> {
  batches(): AsyncIterable<readonly ArchiveItem[]>;
}

/**
 * Posts of an archive: NDJSON, plain or gzip, one post a line, lines end at \n only. What is wrong in it comes as
 * malformed items, an early end and an empty file too. Throws INPUT_UNREADABLE when nothing can be read at all.
 */
export function readArchive(path: string): Archive {
  return {
    batches: () => readBatches(path),
    async *[Symbol.asyncIterator]() {
      for await (const batch of readBatches(path)) yield* batch;
    },
  };
}

async function* readBatches(path: string): AsyncGenerator<readonly ArchiveItem[]> {
  let line = 0;
  try {
    for await (const { lines } of readLines(path)) {
      const batch: ArchiveItem[] = [];
      for (const text of lines) {
        line += 1;
        const item = parseLine(text, line);
        if (item !== undefined) batch.push(item);
      }
      yield batch;
    }
  } catch (error) {
    if (line === 0) throw error;
    yield [{ malformed: true, line: line + 1, why: asPulseError(error).message }];
    return;
  }
  if (line === 0) yield [{ malformed: true, line: 1, why: 'the file is empty' }];
}

/** The post on one line; nothing for an empty one. */
export function parseLine(text: Line, line: number): ArchiveItem | undefined {
  if (text === undefined)
    return { malformed: true, line, why: `the line is longer than ${lineLimit} bytes` };
  let value: unknown;
  try {
    value = JSON.parse(line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return text.trim() === '' ? undefined : { malformed: true, line, why: 'it is not JSON' };
  }
  const found = signalOf(value);
  return typeof found === 'string' ? { malformed: true, line, why: found } : found;
}
