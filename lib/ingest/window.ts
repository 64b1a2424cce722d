import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { asPulseError } from '../errors.ts';
import { type ArchiveItem, isMalformed, readArchive } from './archive.ts';
import type { Signal } from './signal.ts';

/** How long raw posts are kept unless said otherwise, ms. They are kept in a cache and never in git. */
export const defaultWindow = 48 * 3_600_000;

const hour = 3_600_000;
const shardName = /^(\d{4}-\d\d-\d\dT\d\d)\.[\w-]+\.ndjson\.gz$/;

/**
 * Adds posts to the window: one shard for each hour they were posted in, `<hour>.<now>.ndjson.gz`. A shard is written whole or
 * not at all. Posts older than the window are left out. Answers how many were kept.
 */
export async function writeWindow(
  folder: string,
  signals: readonly Signal[],
  now: number,
  window = defaultWindow,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const kept = signals.filter(({ at }) => at > now - window);
  for (const [name, group] of Map.groupBy(kept, ({ at }) => hourOf(at))) {
    const lines = group.map((signal) => `${JSON.stringify(signal)}\n`).join('');
    const path = join(folder, `${name}.${now}.ndjson.gz`);
    await writeFile(`${path}.part`, gzipSync(lines));
    await rename(`${path}.part`, path);
  }
  return kept.length;
}

/**
 * Posts of the window in the order of their time, of one folder or of several that were written side by side; removes
 * shards that are older. A damaged shard gives what can be read of it and a malformed item. A folder that is not there
 * is an empty window.
 */
export async function* readWindow(
  folder: string | readonly string[],
  now: number,
  window = defaultWindow,
): AsyncGenerator<ArchiveItem> {
  const oldest = now - window;
  const found = await Promise.all([folder].flat().map(listShards));
  const shards = found.flat().sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  const byHour = Map.groupBy(shards, (path) => basename(path).slice(0, 13));
  for (const [start, shards] of byHour) {
    if (Date.parse(`${start}:00:00Z`) + hour <= oldest) {
      for (const shard of shards) await rm(shard, { force: true });
      continue;
    }
    const signals: Signal[] = [];
    for (const shard of shards)
      for await (const item of readShard(shard)) {
        if (isMalformed(item)) yield item;
        else if (item.at > oldest) signals.push(item);
      }
    yield* signals.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }
}

async function* readShard(path: string): AsyncGenerator<ArchiveItem> {
  try {
    yield* readArchive(path);
  } catch (error) {
    yield { malformed: true, line: 1, why: asPulseError(error).message };
  }
}

const hourOf = (at: number) => new Date(at).toISOString().slice(0, 13);

async function listShards(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => shardName.test(name)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
