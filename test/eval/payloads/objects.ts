import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../../../lib/ingest/archive.ts';
import { readBytes } from '../../../lib/ingest/bytes.ts';
import { decodeFeed } from '../../../lib/platforms/feeds/read.ts';

export interface Raw {
  /** Undefined where it cannot be parsed. */
  raw: unknown;
  where: string;
}

/**
 * Raw objects of a file, plain or gzip: one a line, a JSON value (of a list every item), or a feed; of a folder those of all
 * its files.
 */
export async function* objectsIn(path: string, feeds: boolean): AsyncGenerator<Raw> {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) yield* objectsIn(join(path, name), feeds);
    return;
  }
  if (feeds && !/\.(ndjson|jsonl)(\.gz)?$/.test(path)) {
    yield { raw: await textIn(path), where: path };
    return;
  }
  for await (const { first, lines } of readLines(path))
    for (const [index, line] of lines.entries()) {
      const number = first + index;
      const raw = parse(line?.replace(/^\uFEFF/, ''));
      if (number === 1 && raw === undefined) {
        yield* itemsIn(parse(await textIn(path)), path);
        return;
      }
      if (number === 1 && Array.isArray(raw)) yield* itemsIn(raw, `${path}:1`);
      else if (line?.trim() !== '') yield { raw, where: `${path}:${number}` };
    }
}

function* itemsIn(raw: unknown, path: string): Generator<Raw> {
  const items: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  for (const [index, each] of items.entries()) yield { raw: each, where: `${path}[${index}]` };
}

async function textIn(path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of readBytes(path)) parts.push(part);
  return decodeFeed(Buffer.concat(parts), '');
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}
