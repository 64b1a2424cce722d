import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 of a file in LFS, hex. */
export const isOid = (text: string) => /^[0-9a-f]{64}$/.test(text);

/** Where the large files of a repository lie. */
const placeOf = (repository: string, oid: string) =>
  join(repository, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);

export async function readLarge(repository: string, oid: string): Promise<Buffer | undefined> {
  return isOid(oid) ? readFile(placeOf(repository, oid)).catch(() => undefined) : undefined;
}

/** False when the bytes are not those the oid names. */
export async function writeLarge(
  repository: string,
  oid: string,
  bytes: Uint8Array,
): Promise<boolean> {
  if (createHash('sha256').update(bytes).digest('hex') !== oid) return false;
  const place = placeOf(repository, oid);
  await mkdir(join(place, '..'), { recursive: true });
  await writeFile(`${place}.new`, bytes);
  await rename(`${place}.new`, place);
  return true;
}

/** The oid that a pointer names; undefined for any other file. */
export function oidIn(body: Buffer): string | undefined {
  if (body.length > 1024) return undefined;
  return /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize \d+\n$/.exec(
    body.toString('utf8'),
  )?.[1];
}
