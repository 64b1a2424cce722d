import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { SimpleGit } from 'simple-git';
import type { Clock } from '../clock.ts';
import { fail, PulseError } from '../errors.ts';
import type { FileAction, Files } from './files.ts';
import { classify, gitError } from './git-failure.ts';
import { credentials, openGit } from './git-process.ts';
import { checkActions, checkPath, stateMessage } from './paths.ts';
import { addWorktree, beginBranch, fetchTip, recover, resetTo } from './worktree.ts';

export interface GitFilesOptions {
  /** Top of a clone. */
  repo: string;
  /** Where the branch is mounted, from the top of the clone. */
  folder: string;
  branch: string;
  /** Name, path or address of the repository, without credentials. */
  remote: string;
  /** For http; goes to git through its environment alone. */
  token?: string;
  author: { name: string; email: string };
  /** Environment for git: PATH, HOME, proxies, certificates. */
  environment?: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** What was fetched less than this ago is read without asking again, ms. */
  fresh?: number;
}

/** Further tries of a push that another's came before. */
const tries = 40;
/** How much history is looked through for a commit of ours whose push had no answer. */
const recent = 200;

/**
 * Files of one branch in a clone, mounted as a worktree of its own. Creates the branch, without a past, when there is
 * none. Commits land by fast-forward only: when another's came first, every precondition is looked at again on the new
 * tip. One process works in a mount at a time, and may be killed at any moment.
 * Throws STORE_CONFLICT, GITLAB_REFUSED (may not push), GITLAB_UNREACHABLE.
 */
export function createGitFiles(options: GitFilesOptions): Files {
  const { repo, branch, remote, clock, fresh = 5_000 } = options;
  const folder = resolve(repo, options.folder);
  const mount = { repo: resolve(repo), folder, branch, remote };
  const secrets = credentials(options.token);
  let top: SimpleGit | undefined;
  let tree: SimpleGit | undefined;
  let fetched = -Infinity;
  /** What the worktree stands at; undefined while it may hold anything. */
  let standing: string | undefined;

  /** Brings the worktree to what the branch holds now. */
  const refresh = async (): Promise<{ git: SimpleGit; tip: string }> => {
    top ??= await openGit(mount.repo, options);
    if (tree === undefined && (await recover(top, mount))) tree = await openGit(folder, options);
    let tip = await fetchTip(tree ?? top, mount);
    if (tip === undefined) {
      await beginBranch(top, mount);
      tip = await fetchTip(tree ?? top, mount);
      if (tip === undefined) throw fail('STORE_CONFLICT', { path: branch, why: 'it vanished' });
    }
    if (tree === undefined) {
      await addWorktree(top, mount, tip);
      tree = await openGit(folder, options);
    }
    if (standing !== tip) await resetTo(tree, tip);
    standing = tip;
    fetched = clock.now();
    return { git: tree, tip };
  };

  const push = async (git: SimpleGit): Promise<'landed' | 'raced'> => {
    try {
      await git.raw(['push', '--quiet', '--no-verify', remote, `HEAD:refs/heads/${branch}`]);
      return 'landed';
    } catch (error) {
      const failure = classify(error);
      if (failure === 'raced') return 'raced';
      if (failure === 'denied' || !(await hasLanded(git))) throw error;
      return 'landed';
    }
  };

  /** Whether the branch holds our HEAD though its push had no answer. */
  const hasLanded = async (git: SimpleGit): Promise<boolean> => {
    const source = `refs/heads/${branch}`;
    await git.raw(['fetch', '--quiet', '--depth', String(recent), '--no-tags', remote, source]);
    const common = await git.raw(['merge-base', 'HEAD', 'FETCH_HEAD']).catch(() => '');
    return common.trim() === (await git.raw(['rev-parse', 'HEAD'])).trim();
  };

  const commit = async (actions: readonly FileAction[], message: string) => {
    let git = tree ?? (await refresh()).git;
    let current = false;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const conflict = await conflictOf(folder, actions);
      if (conflict !== undefined) {
        // What is mounted may be old: only the newest says no.
        if (current) throw fail('STORE_CONFLICT', conflict);
      } else {
        standing = undefined;
        await write(folder, actions);
        await git.raw(['add', '--all', '--', ...actions.map(({ path }) => path)]);
        await git.raw(['commit', '--quiet', '--no-verify', '--allow-empty', '-m', message]);
        if ((await push(git)) === 'landed') {
          fetched = clock.now();
          standing = (await git.raw(['rev-parse', 'HEAD'])).trim();
          return { commit: standing };
        }
        const [chance = 0] = clock.random(1);
        await clock.sleep((chance / 255) * Math.min(500, 20 * attempt));
      }
      ({ git } = await refresh());
      current = true;
    }
    throw fail('STORE_CONFLICT', { path: branch, why: 'others keep writing to it' });
  };

  /** One after the other: there is one worktree. */
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(call: string, work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work).catch((error: unknown) => {
      // Whatever was left half-way is dropped before anything else is done.
      if (!(error instanceof PulseError && error.code === 'STORE_CONFLICT'))
        tree = standing = undefined;
      throw error instanceof PulseError ? error : gitError(error, call, remote, secrets);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
  const current = () =>
    alone('fetch', async () => {
      if (tree === undefined || clock.now() - fetched >= fresh) await refresh();
    });

  return {
    async read(path) {
      checkPath(path);
      await current();
      return alone('read', () => readText(join(folder, path)));
    },
    async list(below) {
      await current();
      return alone('list', () => listFiles(folder, below));
    },
    commit(actions, message) {
      checkActions(actions);
      return alone('push', () => commit(actions, stateMessage(message)));
    },
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

async function listFiles(folder: string, below: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), {
    recursive: true,
    withFileTypes: true,
  }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path !== '.git')
    .sort();
}

/** The first action that cannot be carried out on what the worktree holds. */
async function conflictOf(folder: string, actions: readonly FileAction[]) {
  for (const { action, path } of actions) {
    const there = (await readText(join(folder, path))) !== undefined;
    if (action === 'create' && there) return { path, why: 'a file is there already' };
    if (action !== 'create' && !there) return { path, why: 'there is no such file' };
  }
  return undefined;
}

async function write(folder: string, actions: readonly FileAction[]): Promise<void> {
  for (const action of actions) {
    const path = join(folder, action.path);
    if (action.action === 'delete') await rm(path);
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, action.content);
    }
  }
}

/** An empty repository, for who has no clone to mount the branch in. */
export async function initRepository(folder: string): Promise<void> {
  const { simpleGit } = await import('simple-git');
  await simpleGit(folder).raw(['init', '--quiet']);
}
