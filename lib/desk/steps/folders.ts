import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where raw posts of others are kept for a while, below the cache folder. */
export const windowFolder = (cacheDir: string) => join(cacheDir, 'window');

/** Where what was counted of them is kept. */
export const sketchFolder = (cacheDir: string) => join(cacheDir, 'sketches');

/** What is usual on each network. */
export const knownFile = (cacheDir: string) => join(cacheDir, 'known.bin');

/** The cache folder of jobs that only listen: they run beside the others, and two jobs cannot write one cache. */
export const listenCache = (cacheDir: string) => `${cacheDir}-listen`;

/** The folder below which shards of ingest leave a cache folder each. */
export const shardsFolder = (cacheDir: string) => `${cacheDir}-shards`;

/** Every cache folder that ingest may have written into. */
export async function cachesOf(cacheDir: string): Promise<readonly string[]> {
  const shards = await readdir(shardsFolder(cacheDir), { withFileTypes: true }).catch(() => []);
  return [
    cacheDir,
    listenCache(cacheDir),
    ...shards
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(shardsFolder(cacheDir), name))
      .sort(),
  ];
}
