import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fail } from '../errors.ts';
import type { Known } from '../trend/detector.ts';
import { defaultOptions } from '../trend/options.ts';
import { createPast, type KeptPast } from '../trend/past.ts';

/** Of what is written. Another one is not read: what was usual is learned anew. */
const version = 1;

interface Kept {
  version: number;
  until: number;
  pasts: [network: string, past: KeptPast][];
  open: Known['open'];
}

/** What the detector knew when every post before `until` (ms UTC) had been counted. */
export interface KnownUntil extends Known {
  until: number;
}

/**
 * Keeps what is usual on each network for the next run: in the cache, because it is large and can be learned anew. Whole or
 * not at all.
 */
export async function writeKnown(path: string, known: KnownUntil): Promise<void> {
  const kept: Kept = {
    version,
    until: known.until,
    pasts: [...known.pasts].map(([network, past]) => [network, past.kept()]),
    open: known.open,
  };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, gzipSync(serialize(kept)));
  await rename(`${path}.part`, path);
}

/**
 * What the last run knew; undefined when there is nothing. What is damaged or of another version is told to `warn` as
 * KNOWN_UNREADABLE, and undefined too.
 */
export async function readKnown(
  path: string,
  warn: (error: Error) => void,
): Promise<KnownUntil | undefined> {
  try {
    const kept = deserialize(gunzipSync(await readFile(path))) as Kept;
    if (kept.version !== version) throw new Error('another version of SocialPulse wrote it');
    const pasts = kept.pasts.map(
      ([network, past]) => [network, createPast(defaultOptions.terms, past)] as const,
    );
    return { until: kept.until, pasts: new Map(pasts), open: kept.open, accounts: [] };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') warn(fail('KNOWN_UNREADABLE', { file: path, why: message }, error));
    return undefined;
  }
}
