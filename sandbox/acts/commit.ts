import { lastCommitOf } from '../git/history.ts';
import { openTree } from '../git/change.ts';
import { Moved } from '../git/refs.ts';
import { isPath, isRefName } from '../git/repo.ts';
import type { Project } from '../model.ts';
import { mayForce, mayPush } from '../permissions.ts';
import { bad, forbidden, notFound } from '../refusal.ts';
import { projectOf } from '../world.ts';
import type { World } from '../world.ts';
import type { Actor } from './notes.ts';
import { pushed } from './push.ts';

export interface FileChange {
  action: 'create' | 'update' | 'delete' | 'move' | 'chmod';
  path: string;
  previousPath?: string | undefined;
  /** Absent: as it was. */
  content?: Buffer | undefined;
  lastCommit?: string | undefined;
  executable?: boolean | undefined;
}

export interface NewCommit {
  branch: string;
  message: string;
  changes: readonly FileChange[];
  startBranch?: string | undefined;
  startSha?: string | undefined;
  startProject?: number | undefined;
  force: boolean;
  authorName?: string | undefined;
  authorEmail?: string | undefined;
}

/** Where the commit begins: the branch's head, or what it is to start from. */
async function beginning(world: World, project: Project, wanted: NewCommit) {
  const repo = world.repo(project);
  const { branch, startBranch, startSha, startProject, force } = wanted;
  const head = await repo.head(branch);
  const starts = startBranch !== undefined || startSha !== undefined;
  if (head !== undefined && starts && !force && startBranch !== branch)
    throw bad(
      `A branch called '${branch}' already exists. Switch to that branch in order to make changes`,
    );
  if (!starts) {
    if (head === undefined) throw bad('You can only create or edit files when you are on a branch');
    return { head, parent: head };
  }
  const from = startProject === undefined ? project : projectOf(world, startProject);
  const parent =
    startSha === undefined
      ? await world.repo(from).head(startBranch ?? '')
      : await world.repo(from).resolve(startSha);
  if (parent === undefined)
    throw startSha === undefined
      ? bad(`Cannot find start_branch_name '${startBranch ?? ''}'`)
      : bad(`Cannot find start_sha '${startSha}'`);
  if (from.id !== project.id)
    await repo.text(['fetch', '--quiet', world.repo(from).folder, `+${parent}:refs/kept/start`]);
  return { head, parent };
}

type Tree = Awaited<ReturnType<typeof openTree>>;

async function apply(
  world: World,
  project: Project,
  tree: Tree,
  parent: string,
  change: FileChange,
) {
  const repo = world.repo(project);
  const { action, path } = change;
  const from = action === 'move' ? (change.previousPath ?? '') : path;
  if (!isPath(path)) throw bad('Path cannot include directory traversal');
  const there = await tree.at(path);
  const before = from === path ? there : await tree.at(from);
  if (action === 'create' || action === 'move') {
    if (there === 'folder') throw bad('A directory with this name already exists');
    if (there !== undefined) throw bad('A file with this name already exists');
  }
  if (action !== 'create' && (before === undefined || before === 'folder'))
    throw bad("A file with this name doesn't exist");
  if (change.lastCommit !== undefined && action !== 'create') {
    if ((await lastCommitOf(repo, parent, from)) !== change.lastCommit)
      throw bad(
        'You are attempting to update a file that has changed since you started editing it.',
      );
  }
  if (action === 'delete') return tree.remove(path);
  const old = before === 'folder' ? undefined : before;
  const wanted = change.executable;
  const mode = wanted === undefined ? (old?.mode ?? '100644') : wanted ? '100755' : '100644';
  const sha = change.content === undefined ? old?.sha : await repo.writeBlob(change.content);
  if (from !== path) await tree.remove(from);
  const body = sha ?? (await repo.writeBlob(Buffer.alloc(0)));
  if (!(await tree.put(path, mode, body))) throw bad('A file with this name already exists');
}

/** One commit of several files, all or none; its name. Throws 400 with GitLab's words when something is in the way. */
export async function commitFiles(
  world: World,
  project: Project,
  { user, level }: Actor,
  wanted: NewCommit,
): Promise<string> {
  const { branch, message } = wanted;
  if (!mayPush(project, branch, level))
    throw forbidden('You are not allowed to push into this branch');
  if (!isRefName(branch)) throw bad('Invalid branch name');
  const repo = world.repo(project);
  const { head, parent } = await beginning(world, project, wanted);
  const rewrites = head !== undefined && head !== parent;
  if (rewrites && !mayForce(project, branch))
    throw forbidden(
      'You are not allowed to force push code to a protected branch on this project.',
    );
  const before = await repo.commit(parent);
  const tree = await openTree(repo, before.tree);
  for (const change of wanted.changes) await apply(world, project, tree, parent, change);
  const at = world.clock.now();
  const committer = { name: user.name, email: user.email, at };
  const made = await repo.writeCommit({
    tree: await tree.write(),
    parents: [parent],
    author: {
      name: wanted.authorName ?? user.name,
      email: wanted.authorEmail ?? user.email,
      at,
    },
    committer,
    message,
  });
  try {
    await repo.moveBranch(branch, made, head);
  } catch (error) {
    if (error instanceof Moved) throw bad('reference does not point to expected object');
    throw error;
  }
  await pushed(world, project, user, { branch, before: head, after: made });
  return made;
}

export async function createBranch(
  world: World,
  project: Project,
  { user, level }: Actor,
  branch: string,
  ref: string,
): Promise<void> {
  const repo = world.repo(project);
  if (!mayPush(project, branch, level))
    throw forbidden('You are not allowed to create protected branches on this project.');
  if (!isRefName(branch)) throw bad('Branch name is invalid');
  if ((await repo.head(branch)) !== undefined) throw bad('Branch already exists');
  const from = await repo.resolve(ref);
  if (from === undefined)
    throw bad(`Failed to create branch '${branch}': invalid reference name '${ref}'`);
  try {
    await repo.moveBranch(branch, from, undefined);
  } catch (error) {
    if (error instanceof Moved) throw bad('Branch already exists');
    throw error;
  }
  await pushed(world, project, user, { branch, before: undefined, after: from });
}

export async function deleteBranch(
  world: World,
  project: Project,
  { user, level }: Actor,
  branch: string,
  isProtected: boolean,
): Promise<void> {
  const repo = world.repo(project);
  const head = await repo.head(branch);
  if (head === undefined) throw notFound('Branch');
  if (!mayPush(project, branch, level)) throw forbidden();
  if (branch === project.defaultBranch)
    throw bad('The default branch of a project cannot be deleted.');
  if (isProtected) throw bad('Protected branch');
  await repo.moveBranch(branch, '0'.repeat(40), head);
  await pushed(world, project, user, { branch, before: head, after: undefined });
}
