import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The first lines of a recording. */
export function linesOf(path: string, most = Infinity): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, most);
}

/** A file with the first lines of a recording. */
export function slice(path: string, most: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'slice-'));
  const copy = join(folder, basename(path).replace(/\.gz$/, ''));
  writeFileSync(copy, `${linesOf(path, most).join('\n')}\n`);
  return copy;
}
