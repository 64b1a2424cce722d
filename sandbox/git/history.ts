import type { Commit } from './objects.ts';
import type { Repo } from './repo.ts';

/** Per repository: what was found out about commits that never change. */
const caches = new WeakMap<Repo, Map<string, unknown>>();
const most = 50_000;

async function cached<T>(repo: Repo, key: string, find: () => Promise<T>): Promise<T> {
  let cache = caches.get(repo);
  if (cache === undefined || cache.size > most)
    caches.set(repo, (cache = new Map<string, unknown>()));
  const known = cache.get(key);
  if (known !== undefined) return known as T;
  const found = await find();
  if (found !== undefined) cache.set(key, found);
  return found;
}

/** The last commit that changed `path`, followed as `git log` does: through a parent that has the same there. */
export function lastCommitOf(repo: Repo, head: string, path: string): Promise<string> {
  return cached(repo, `last ${head} ${path}`, async () => {
    const at = async (commit: Commit) => (await repo.entry(commit.tree, path))?.sha;
    const passed: string[] = [];
    let here = await repo.commit(head);
    const mine = await at(here);
    for (;;) {
      const known = caches.get(repo)?.get(`last ${here.sha} ${path}`) as string | undefined;
      if (known !== undefined) return settle(known);
      let same: Commit | undefined;
      for (const sha of here.parents) {
        // The history of a shallow clone ends before its first commit.
        const parent = await repo.commit(sha).catch(() => undefined);
        if (parent === undefined || (await at(parent)) !== mine) continue;
        same = parent;
        break;
      }
      if (same === undefined) return settle(here.sha);
      passed.push(here.sha);
      here = same;
    }
    function settle(found: string): string {
      // Long histories are walked once: what was passed on the way has the same answer.
      for (const sha of passed.slice(0, 64)) caches.get(repo)?.set(`last ${sha} ${path}`, found);
      return found;
    }
  });
}

/** Where two histories parted; undefined when they have nothing in common. */
export function mergeBase(repo: Repo, one: string, other: string): Promise<string | undefined> {
  if (one === other) return Promise.resolve(one);
  return cached(repo, `base ${one} ${other}`, async () => {
    const first = await repo.commit(other);
    if (first.parents.includes(one)) return one;
    const { code, out } = await repo.run(['merge-base', one, other]);
    return code === 0 ? out.toString('utf8').trim() : undefined;
  });
}

/** Commits of `range` (as git writes it), newest first. */
export async function log(
  repo: Repo,
  range: readonly string[],
  options: {
    skip?: number;
    limit?: number;
    path?: string | undefined;
    more?: readonly string[];
  } = {},
): Promise<Commit[]> {
  const { skip = 0, limit, path, more = [] } = options;
  const out = await repo.text([
    'rev-list',
    ...more,
    `--skip=${String(skip)}`,
    ...(limit === undefined ? [] : [`--max-count=${String(limit)}`]),
    ...range,
    '--',
    ...(path === undefined ? [] : [`:(literal)${path}`]),
  ]);
  const names = out.split('\n').filter((line) => line !== '');
  return Promise.all(names.map((sha) => repo.commit(sha)));
}

export interface FileDiff {
  oldPath: string;
  newPath: string;
  oldMode: string;
  newMode: string;
  added: boolean;
  renamed: boolean;
  deleted: boolean;
  diff: string;
}

/** The empty tree, against which a first commit is compared. */
const nothing = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** What differs between two commits, file by file; `undefined` for the state before the first commit. */
export function diffOf(repo: Repo, from: string | undefined, to: string): Promise<FileDiff[]> {
  return cached(repo, `diff ${from ?? ''} ${to}`, async () => {
    if (from === undefined) await repo.writeTree([]);
    const { out } = await repo.run([
      '-c',
      'core.quotePath=false',
      'diff-tree',
      '-r',
      '-M',
      '--raw',
      '-z',
      '-p',
      '--no-color',
      '--no-ext-diff',
      '--full-index',
      from ?? nothing,
      to,
    ]);
    return parseDiff(out.toString('utf8'));
  });
}

/** `diff-tree --raw -z -p`: the list of files, exact, then all patches in the same order. */
function parseDiff(out: string): FileDiff[] {
  const files: FileDiff[] = [];
  let at = 0;
  const next = () => {
    const end = out.indexOf('\0', at);
    const field = out.slice(at, end);
    at = end + 1;
    return field;
  };
  while (out.startsWith(':', at)) {
    const [oldMode = '', newMode = '', , , status = ''] = next().slice(1).split(' ');
    const oldPath = next();
    const renamed = status.startsWith('R') || status.startsWith('C');
    const newPath = renamed ? next() : oldPath;
    const [added, deleted] = [status === 'A', status === 'D'];
    files.push({ oldPath, newPath, oldMode, newMode, added, renamed, deleted, diff: '' });
  }
  const patches = out
    .slice(at)
    .replace(/^\0/, '')
    .split(/^diff --git /m)
    .slice(1);
  return files.map((file, index) => {
    const patch = patches[index] ?? '';
    const start = patch.search(/^(@@|Binary files )/m);
    return { ...file, diff: start < 0 ? '' : patch.slice(start) };
  });
}
