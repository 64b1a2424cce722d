import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../lib/clock.ts';
import { createGitFiles, type GitFilesOptions } from '../../lib/store/git.ts';

const run = promisify(execFile);

export const author = { name: 'Desk', email: 'desk@example.com' };

/** Runs git and gives what it says. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const { stdout } = await run('git', [...identity, ...args], { cwd: folder });
  return stdout.trim();
}

/** A bare repository with one commit on main, and clones of it, in a folder of its own. */
export async function createBare() {
  const home = await mkdtemp(join(tmpdir(), 'socialpulse-git-'));
  const bare = join(home, 'desk.git');
  const seed = join(home, 'seed');
  await git(home, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  await git(home, 'init', '--quiet', '--initial-branch=main', seed);
  await git(seed, 'commit', '--quiet', '--allow-empty', '-m', 'Begin');
  await git(seed, 'push', '--quiet', bare, 'main');
  let clones = 0;
  const clone = async () => {
    clones += 1;
    const folder = join(home, `clone-${String(clones)}`);
    await git(home, 'clone', '--quiet', bare, folder);
    return folder;
  };
  return {
    home,
    bare,
    clone,
    /** Files of pulse-state over a clone of its own, or over the one given. */
    async files(options: Partial<GitFilesOptions> = {}) {
      return createGitFiles({
        repo: options.repo ?? (await clone()),
        folder: 'state/live',
        branch: 'pulse-state',
        remote: bare,
        author,
        clock: systemClock,
        fresh: 0,
        ...options,
      });
    },
    messages: async () =>
      (await git(bare, 'log', '--format=%B%x00', 'pulse-state'))
        .split('\0')
        .map((each) => each.trimStart())
        .filter(Boolean),
    close: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
