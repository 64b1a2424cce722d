import { isTree } from './objects.ts';
import type { Entry } from './objects.ts';
import type { Repo } from './repo.ts';

/** A tree being changed: folders are read when they are entered and written when all is done. */
interface Folder {
  entries: Map<string, Entry | Folder>;
}
const isFolder = (value: Entry | Folder): value is Folder => 'entries' in value;

/** Changes files below a tree; nothing is written before `write`. */
export async function openTree(repo: Repo, root: string | undefined) {
  const load = async (sha: string): Promise<Folder> => ({
    entries: new Map((await repo.tree(sha)).map((entry) => [entry.name, entry])),
  });
  const top: Folder = root === undefined ? { entries: new Map() } : await load(root);

  async function enter(folder: Folder, name: string, make: boolean): Promise<Folder | undefined> {
    const found = folder.entries.get(name);
    if (found !== undefined && isFolder(found)) return found;
    if (found !== undefined && !isTree(found)) return undefined;
    if (found === undefined && !make) return undefined;
    const next = found === undefined ? { entries: new Map() } : await load(found.sha);
    folder.entries.set(name, next);
    return next;
  }

  async function parent(path: string, make: boolean) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let here: Folder | undefined = top;
    for (const part of parts) here = here && (await enter(here, part, make));
    return { here, name };
  }

  async function write(folder: Folder): Promise<string | undefined> {
    const entries: Entry[] = [];
    for (const [name, value] of folder.entries) {
      if (!isFolder(value)) {
        entries.push(value);
        continue;
      }
      const sha = await write(value);
      if (sha !== undefined) entries.push({ name, mode: '40000', sha });
    }
    if (entries.length === 0 && folder !== top) return undefined;
    return repo.writeTree(entries);
  }

  return {
    /** What lies at a path: a file's entry, 'folder', or undefined. */
    async at(path: string): Promise<Entry | 'folder' | undefined> {
      const { here, name } = await parent(path, false);
      const found = here?.entries.get(name);
      if (found === undefined) return undefined;
      return isFolder(found) || isTree(found) ? 'folder' : found;
    },
    /** False when a file is in the way of a folder. */
    async put(path: string, mode: string, sha: string): Promise<boolean> {
      const { here, name } = await parent(path, true);
      here?.entries.set(name, { name, mode, sha });
      return here !== undefined;
    },
    async remove(path: string): Promise<void> {
      const { here, name } = await parent(path, false);
      here?.entries.delete(name);
    },
    /** Writes what changed; the name of the new tree. Folders left empty are gone. */
    async write(): Promise<string> {
      return (await write(top)) ?? repo.writeTree([]);
    },
  };
}
