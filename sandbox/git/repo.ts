import { createBatch } from './batch.ts';
import type { GitObject } from './batch.ts';
import {
  isTree,
  parseCommit,
  parseTree,
  writeObject,
  formatCommit,
  formatTree,
  sortTree,
} from './objects.ts';
import type { Commit, Entry } from './objects.ts';
import type { Git } from './program.ts';
import { createRefs, zero } from './refs.ts';

/** Entries kept of what never changes; then it begins anew. */
const most = 20_000;

function remember<T>(cache: Map<string, T>, key: string, value: T): T {
  if (cache.size >= most) cache.clear();
  cache.set(key, value);
  return value;
}

export type Repo = ReturnType<typeof createRepo>;
export interface TreeItem extends Entry {
  path: string;
}

/** Whether git would take it as the name of a branch; no name that could be read as something else. */
export const isRefName = (name: string) =>
  name !== '' &&
  name !== '@' &&
  !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock(\/|$)|\/\./.test(name);

/** A path below the top of a repository, that climbs nowhere. */
export const isPath = (path: string) =>
  path !== '' &&
  !/[\0\n]/.test(path) &&
  path.split('/').every((part) => !['', '.', '..'].includes(part) && part.toLowerCase() !== '.git');

/** A bare repository: reads through long-running git, objects written directly, refs moved by git. */
export function createRepo(git: Git, folder: string) {
  const batch = createBatch(git, folder);
  const refs = createRefs(git, folder);
  const commits = new Map<string, Commit>();
  const trees = new Map<string, Entry[]>();

  async function commit(sha: string): Promise<Commit> {
    const known = commits.get(sha);
    if (known) return known;
    const found = await batch.read(`${sha}^{commit}`);
    if (found?.kind !== 'commit') throw new Error(`there is no commit ${sha} in ${folder}`);
    return remember(commits, sha, parseCommit(found.sha, found.body));
  }

  async function tree(sha: string): Promise<Entry[]> {
    const known = trees.get(sha);
    if (known) return known;
    const found = await batch.read(sha);
    if (found?.kind !== 'tree') throw new Error(`there is no tree ${sha} in ${folder}`);
    return remember(trees, sha, parseTree(found.body));
  }

  /** What lies at `path` in a tree. '' is the tree itself. */
  async function entry(root: string, path: string): Promise<Entry | undefined> {
    let here: Entry = { name: '', mode: '40000', sha: root };
    for (const part of path.split('/').filter((each) => each !== '')) {
      if (!isTree(here)) return undefined;
      const next = (await tree(here.sha)).find((each) => each.name === part);
      if (next === undefined) return undefined;
      here = next;
    }
    return here;
  }

  async function commitAt(spec: string): Promise<string | undefined> {
    const found = await batch.read(`${spec}^{commit}`);
    return found?.kind === 'commit' ? found.sha : undefined;
  }

  return {
    folder,
    git,
    commit,
    tree,
    entry,
    refs,
    run: (args: readonly string[], input?: string | Buffer) =>
      git.run(['--git-dir', folder, ...args], input === undefined ? {} : { input }),
    text: (args: readonly string[]) => git.text(['--git-dir', folder, ...args]),
    head: (branch: string): Promise<string | undefined> =>
      isRefName(branch) ? commitAt(`refs/heads/${branch}`) : Promise.resolve(undefined),
    refHead: commitAt,
    /** The commit a branch, a tag, a commit's name or `HEAD` means. */
    async resolve(name: string): Promise<string | undefined> {
      if (!isRefName(name)) return undefined;
      if (/^[0-9a-f]{40}$/.test(name)) return commitAt(name);
      if (name === 'HEAD' || name.startsWith('refs/')) return commitAt(name);
      return (
        (await commitAt(`refs/heads/${name}`)) ??
        (await commitAt(`refs/tags/${name}`)) ??
        (/^[0-9a-f]{7,39}$/.test(name) ? await commitAt(name) : undefined)
      );
    },
    async blob(sha: string): Promise<Buffer | undefined> {
      const found: GitObject | undefined = await batch.read(sha);
      return found?.kind === 'blob' ? found.body : undefined;
    },
    /** Everything in a folder, sorted as git does; undefined when it is no folder. */
    async list(root: string, path: string, deep: boolean): Promise<TreeItem[] | undefined> {
      const top = await entry(root, path);
      if (top === undefined || !isTree(top)) return undefined;
      const walk = async (sha: string, prefix: string): Promise<TreeItem[]> => {
        const items = (await tree(sha)).map((each) => ({ ...each, path: prefix + each.name }));
        if (!deep) return items;
        const nested = await Promise.all(
          items.map(async (item) =>
            isTree(item) ? [item, ...(await walk(item.sha, `${item.path}/`))] : [item],
          ),
        );
        return nested.flat();
      };
      return walk(top.sha, path === '' ? '' : `${path.replace(/\/$/, '')}/`);
    },
    writeBlob: (body: Buffer) => writeObject(folder, 'blob', body),
    async writeTree(entries: readonly Entry[]): Promise<string> {
      const sorted = sortTree(entries);
      const sha = await writeObject(folder, 'tree', formatTree(sorted));
      remember(trees, sha, sorted);
      return sha;
    },
    async writeCommit(made: Omit<Commit, 'sha'>): Promise<string> {
      const body = formatCommit(made);
      const sha = await writeObject(folder, 'commit', body);
      remember(commits, sha, parseCommit(sha, body));
      return sha;
    },
    /** Names and heads of all branches, sorted by name. */
    async branches(): Promise<{ name: string; sha: string }[]> {
      const out = await git.text([
        '--git-dir',
        folder,
        'for-each-ref',
        '--format=%(objectname) %(refname)',
        'refs/heads/',
      ]);
      return out.split('\n').flatMap((line) => {
        const found = /^([0-9a-f]{40}) refs\/heads\/(.+)$/.exec(line);
        return found ? [{ sha: found[1] ?? '', name: found[2] ?? '' }] : [];
      });
    },
    moveBranch: (branch: string, to: string, from: string | undefined) =>
      refs.move(`refs/heads/${branch}`, to, from ?? zero),
    async close(): Promise<void> {
      await Promise.all([batch.close(), refs.close()]);
    },
  };
}
