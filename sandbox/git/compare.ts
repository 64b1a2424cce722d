import { isTree } from './objects.ts';
import type { Entry } from './objects.ts';
import type { Repo } from './repo.ts';

export interface Changed {
  path: string;
  before: Entry | undefined;
  after: Entry | undefined;
}

/** Files that differ between two trees, told apart by path alone; read without starting git. */
export async function changedFiles(
  repo: Repo,
  from: string | undefined,
  to: string,
): Promise<Changed[]> {
  const found: Changed[] = [];
  async function walk(before: string | undefined, after: string | undefined, prefix: string) {
    if (before === after) return;
    const list = async (sha: string | undefined) =>
      new Map((sha === undefined ? [] : await repo.tree(sha)).map((entry) => [entry.name, entry]));
    const [left, right] = await Promise.all([list(before), list(after)]);
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      const [b, a] = [left.get(name), right.get(name)];
      if (b?.sha === a?.sha && b?.mode === a?.mode) continue;
      const folder = (entry: Entry | undefined) => (entry && isTree(entry) ? entry.sha : undefined);
      const file = (entry: Entry | undefined) => (entry && !isTree(entry) ? entry : undefined);
      await walk(folder(b), folder(a), `${prefix}${name}/`);
      if (file(b) ?? file(a)) found.push({ path: prefix + name, before: file(b), after: file(a) });
    }
  }
  await walk(from, to, '');
  return found;
}

/** Lines added and removed between two texts. Very long differences are counted as wholly rewritten. */
export function countLines(
  before: string,
  after: string,
): { additions: number; deletions: number } {
  const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
  let [old, now] = [lines(before), lines(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(old.length, now.length) - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1;
  old = old.slice(start, old.length - end);
  now = now.slice(start, now.length - end);
  const kept = old.length * now.length > 1_000_000 ? 0 : longestCommon(old, now);
  return { additions: now.length - kept, deletions: old.length - kept };
}

function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = new Uint32Array(other.length + 1);
  for (const line of one) {
    const next = new Uint32Array(other.length + 1);
    for (let at = 0; at < other.length; at += 1)
      next[at + 1] =
        other[at] === line ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0);
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** GitLab's `stats` of a commit. */
export async function statsOf(repo: Repo, sha: string) {
  const commit = await repo.commit(sha);
  const parent = commit.parents[0];
  const before = parent === undefined ? undefined : (await repo.commit(parent)).tree;
  const read = async (entry: Entry | undefined) =>
    entry === undefined ? '' : ((await repo.blob(entry.sha))?.toString('utf8') ?? '');
  let [additions, deletions] = [0, 0];
  for (const file of await changedFiles(repo, before, commit.tree)) {
    const counted = countLines(await read(file.before), await read(file.after));
    additions += counted.additions;
    deletions += counted.deletions;
  }
  return { additions, deletions, total: additions + deletions };
}
