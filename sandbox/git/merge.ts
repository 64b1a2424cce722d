import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTree } from './objects.ts';
import type { Entry } from './objects.ts';
import type { Repo } from './repo.ts';

/** The tree that holds what both sides changed since `base`, or the paths on which they do not agree. */
export async function mergeTrees(
  repo: Repo,
  base: string,
  ours: string,
  theirs: string,
): Promise<{ tree: string } | { conflicts: string[] }> {
  const conflicts: string[] = [];

  async function folder(base: Entry | undefined, ours: Entry, theirs: Entry, prefix: string) {
    const list = async (entry: Entry | undefined) =>
      new Map(
        entry === undefined || !isTree(entry)
          ? []
          : (await repo.tree(entry.sha)).map((each) => [each.name, each]),
      );
    const [before, left, right] = await Promise.all([list(base), list(ours), list(theirs)]);
    const merged: Entry[] = [];
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      const [b, l, r] = [before.get(name), left.get(name), right.get(name)];
      const chosen = await pick(b, l, r, prefix + name);
      if (chosen !== undefined) merged.push(chosen);
    }
    return merged;
  }

  const same = (one: Entry | undefined, other: Entry | undefined) =>
    one?.sha === other?.sha && one?.mode === other?.mode;

  async function pick(
    base: Entry | undefined,
    ours: Entry | undefined,
    theirs: Entry | undefined,
    path: string,
  ): Promise<Entry | undefined> {
    if (same(ours, theirs) || same(base, theirs)) return ours;
    if (same(base, ours)) return theirs;
    if (ours && theirs && isTree(ours) && isTree(theirs)) {
      const entries = await folder(base, ours, theirs, `${path}/`);
      if (entries.length === 0) return undefined;
      return { ...ours, sha: await repo.writeTree(entries) };
    }
    const files = [base, ours, theirs].every((entry) => entry?.mode.startsWith('100'));
    const sha =
      files && base && ours && theirs ? await mergeFiles(repo, base, ours, theirs) : undefined;
    if (sha === undefined || ours === undefined) {
      conflicts.push(path);
      return ours;
    }
    return { ...ours, sha };
  }

  const root = (sha: string): Entry => ({ name: '', mode: '40000', sha });
  const entries = await folder(root(base), root(ours), root(theirs), '');
  return conflicts.length > 0 ? { conflicts } : { tree: await repo.writeTree(entries) };
}

/** The lines of both sides in one file; undefined when they changed the same ones. */
async function mergeFiles(
  repo: Repo,
  base: Entry,
  ours: Entry,
  theirs: Entry,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'merge-'));
  try {
    const names = ['ours', 'base', 'theirs'].map((name) => join(folder, name));
    const bodies = await Promise.all([ours, base, theirs].map((entry) => repo.blob(entry.sha)));
    await Promise.all(names.map((name, at) => writeFile(name, bodies[at] ?? '')));
    const { code } = await repo.run(['merge-file', '-q', ...names]);
    if (code !== 0) return undefined;
    return await repo.writeBlob(await readFile(names[0] ?? ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
