import { asPulseError } from '../errors.ts';
import { readBytes } from './bytes.ts';
import { isWhole, readWhole } from './whole.ts';
import { createReaders } from './payloads/readers.ts';
import { createLineSplitter, type Line, lineLimit } from './lines.ts';
import { isFlat, signalOf } from './post.ts';
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
 * Posts of an archive: NDJSON, plain or gzip, lines end at \n only. A line holds one post in our own flat shape, or what a
 * network sent: an object, an answer or a frame, told apart by their looks, with none, one or many posts. Feeds and files
 * that are one JSON value are read too. What is wrong comes as malformed items, an early end and an empty file too.
 * Throws INPUT_UNREADABLE when nothing can be read at all.
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
  const readers = createReaders();
  let line = 0;
  try {
    for await (const { lines } of readLines(path)) {
      if (line === 0 && isWhole(lines[0])) {
        yield await readWhole(path);
        return;
      }
      const batch: ArchiveItem[] = [];
      for (const text of lines) {
        line += 1;
        const value = valueOf(text, line);
        if (value === undefined) continue;
        if (isFlat(value) || unread in (value as object)) batch.push(itemOf(value, line));
        else {
          const found = readers.read(value) ?? (await readers.load(value));
          if (found === undefined) batch.push(itemOf(value, line));
          else for (const signal of found) batch.push(signal);
        }
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

/** Under it stands why a line could not be parsed; no line can hold it. */
const unread = Symbol('unread');

/** What a line holds; nothing for an empty one. */
function valueOf(text: Line, line: number): unknown {
  if (text === undefined) return { [unread]: `the line is longer than ${lineLimit} bytes` };
  try {
    return JSON.parse(line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown;
  } catch {
    return text.trim() === '' ? undefined : { [unread]: 'it is not JSON' };
  }
}

/** The post on one line of an archive that keeps them flat; nothing for an empty line. */
export function parseLine(text: Line, line: number): ArchiveItem | undefined {
  const value = valueOf(text, line);
  return value === undefined ? undefined : itemOf(value, line);
}

function itemOf(value: unknown, line: number): ArchiveItem {
  const found = signalOf(value);
  if (typeof found !== 'string') return found;
  const why = (value as { [unread]?: string } | null)?.[unread] ?? found;
  return { malformed: true, line, why };
}
