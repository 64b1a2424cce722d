import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../lib/clock.ts';
import type { Files } from '../../lib/store/files.ts';
import { createGitFiles } from '../../lib/store/git.ts';

/** A real bare repository on disk. */
export interface Remote {
  path: string;
  /** The state branch as one more clone sees it, at most `fresh` ms old. */
  files(fresh?: number): Promise<Files>;
  remove(): Promise<void>;
}

export async function createRemote(): Promise<Remote> {
  const folder = await mkdtemp(join(tmpdir(), 'remote-'));
  const path = join(folder, 'desk.git');
  execFileSync('git', ['init', '--quiet', '--bare', path]);
  let clones = 0;
  return {
    path,
    files(fresh = 0) {
      clones += 1;
      return openBranch(path, join(folder, `clone-${String(clones)}`), fresh);
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The state branch of `remote` in the clone at `folder`, which is made when it is not there. `fresh` as in the store. */
export async function openBranch(remote: string, folder: string, fresh: number): Promise<Files> {
  await mkdir(folder, { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  return createGitFiles({
    repo: folder,
    folder: 'state/live',
    branch: 'pulse-state',
    remote,
    author: { name: 'SocialPulse', email: 'pulse@example.com' },
    environment: process.env,
    clock: systemClock,
    fresh,
  });
}
