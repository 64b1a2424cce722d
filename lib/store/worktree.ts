import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { fail } from '../errors.ts';
import { classify } from './git-failure.ts';

export interface Mount {
  /** Top of the clone. */
  repo: string;
  /** Where the branch is mounted. */
  folder: string;
  branch: string;
  /** Name, path or address of the repository; no credentials in it. */
  remote: string;
}

/** The tip of the remote branch, fetched without its history; undefined when there is no such branch. */
export async function fetchTip(git: SimpleGit, mount: Mount): Promise<string | undefined> {
  try {
    const source = `refs/heads/${mount.branch}`;
    await git.raw(['fetch', '--quiet', '--depth', '1', '--no-tags', mount.remote, source]);
  } catch (error) {
    if (classify(error) === 'missing') return undefined;
    throw error;
  }
  return (await git.raw(['rev-parse', 'FETCH_HEAD'])).trim();
}

/** Begins the branch with an empty commit that has no past. Does nothing when somebody else was quicker. */
export async function beginBranch(git: SimpleGit, mount: Mount): Promise<void> {
  const tree = (await git.raw(['hash-object', '-t', 'tree', '-w', '/dev/null'])).trim();
  const message = `Begin ${mount.branch}\n\n[skip ci]`;
  const root = (await git.raw(['commit-tree', tree, '-m', message])).trim();
  try {
    await git.raw(['push', '--no-verify', mount.remote, `${root}:refs/heads/${mount.branch}`]);
  } catch (error) {
    if (classify(error) !== 'raced') throw error;
  }
}

/**
 * Readies a clone whose last user may have been killed: removes what git has left there and refuses to work with. One
 * process works in a mount at a time. Returns whether the worktree itself is of use still.
 */
export async function recover(git: SimpleGit, { repo, folder }: Mount): Promise<boolean> {
  const common = resolve(repo, (await git.raw(['rev-parse', '--git-common-dir'])).trim());
  await rm(join(common, 'shallow.lock'), { force: true });
  const own = await ownFolder(folder, join(common, 'worktrees'));
  if (own === undefined) return false;
  const locks = (await readdir(own, { recursive: true })).filter((path) => path.endsWith('.lock'));
  await Promise.all(locks.map((path) => rm(join(own, path), { force: true })));
  return true;
}

/** Where git keeps what belongs to the worktree at `folder`; undefined when that is no worktree of this clone. */
async function ownFolder(folder: string, worktrees: string): Promise<string | undefined> {
  const link = await readFile(join(folder, '.git'), 'utf8').catch(() => '');
  const own = /^gitdir: (.+)$/m.exec(link)?.[1]?.trim() ?? '';
  const known = dirname(resolve(own)) === worktrees && existsSync(join(own, 'gitdir'));
  return known ? own : undefined;
}

/** Makes `folder` a worktree, in which no file lies yet. */
export async function addWorktree(git: SimpleGit, { folder }: Mount, tip: string): Promise<void> {
  await clearFolder(folder);
  await git.raw(['worktree', 'prune']);
  await mkdir(dirname(folder), { recursive: true });
  await git.raw(['worktree', 'add', '--force', '--detach', '--no-checkout', folder, tip]);
}

/** Drops everything that is not in `tip`. */
export async function resetTo(worktree: SimpleGit, tip: string): Promise<void> {
  await worktree.raw(['reset', '--hard', '--quiet', tip]);
  await worktree.raw(['clean', '-ffdxq']);
}

/** A folder that holds anything but a mount is left alone. */
async function clearFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const stale = existsSync(join(folder, '.git'));
  if (!stale && (await readdir(folder)).length > 0)
    throw fail('INTERNAL', { why: `${folder} holds files that are not of the state branch` });
  await rm(folder, { recursive: true, force: true });
}
