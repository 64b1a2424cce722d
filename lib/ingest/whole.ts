import { stat } from 'node:fs/promises';
import { decodeFeed } from '../platforms/feeds/read.ts';
import type { ArchiveItem } from './archive.ts';
import { readBytes } from './bytes.ts';
import type { Line } from './lines.ts';
import { createReaders } from './payloads/readers.ts';
import { isFlat, signalOf } from './post.ts';

/** Largest file that is read as one value, bytes: it is held in memory as a whole. */
const most = 128 * 1024 * 1024;

/** Whether a file that begins so is one value, not one a line: a feed, or JSON spread over lines. */
export function isWhole(line: Line): boolean {
  const start = (line ?? '').replace(/^\uFEFF/, '').trim();
  return (
    start.startsWith('<') || /^(?:[\w.]+ = )?[[{]$/.test(start) || start.startsWith('window.YTD.')
  );
}

/** Posts of a file that is one value. Throws INPUT_UNREADABLE. */
export async function readWhole(path: string): Promise<ArchiveItem[]> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of readBytes(path)) {
    size += part.length;
    if (size > most) return [malformed(1, `it is one value of more than ${most} bytes`)];
    parts.push(part);
  }
  const text = decodeFeed(Buffer.concat(parts), '')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text.startsWith('<')) {
    // What says no time is as old as the file.
    const { mtimeMs } = await stat(path);
    const { readerOf } = await import('./payloads/index.ts');
    const found = (await readerOf('rss'))(text, mtimeMs);
    return found.length > 0 ? found : [malformed(1, 'it is no feed, or one without items')];
  }
  try {
    // Archives of X begin as a script: `window.YTD.tweets.part0 = [`.
    return await readValue(JSON.parse(text.replace(/^[\w.]+ = /, '')));
  } catch {
    return [malformed(1, 'it is not JSON')];
  }
}

async function readValue(value: unknown): Promise<ArchiveItem[]> {
  const readers = createReaders();
  const found = await readers.load(value);
  if (found !== undefined) return found;
  return [value].flat().map((each, index) => {
    const item = isFlat(each) || readers.read(each) === undefined ? signalOf(each) : '';
    return typeof item === 'string' ? malformed(index + 1, item) : item;
  });
}

const malformed = (line: number, why: string): ArchiveItem => ({ malformed: true, line, why });
