import { execFile } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What the desk's project starts from: the files of this checkout as they lie there, changes that are not committed yet
 * included, without what git ignores. The checkout itself where git does not know it, e.g. an unpacked archive.
 */
export async function seedFolder(checkout: string, folder: string): Promise<string> {
  const listed = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: checkout,
    maxBuffer: 64 * 1024 * 1024,
  }).catch(() => undefined);
  if (listed === undefined) return checkout;
  await rm(folder, { recursive: true, force: true });
  for (const path of listed.stdout.split('\0').filter((each) => each !== '')) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    // A file that was deleted and not committed is listed still.
    await cp(join(checkout, path), join(folder, path), { recursive: true }).catch(() => undefined);
  }
  return folder;
}
