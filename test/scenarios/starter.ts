import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let made: Promise<string> | undefined;

/** The folder a desk starts from: what a team edits, without the program, so that a sandbox is quickly seeded. */
export function starterDesk(): Promise<string> {
  return (made ??= make());
}

async function make(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'starter-'));
  for (const name of [
    'content',
    'profiles',
    'prompts',
    'state/README.md',
    '.gitlab-ci.yml',
    'README.md',
  ]) {
    await cp(name, join(folder, name), { recursive: true }).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'ENOENT') throw error;
    });
  }
  return folder;
}
