import { log, mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import type { MergeRequest } from '../model-threads.ts';
import type { Project } from '../model.ts';
import type { World } from '../world.ts';

/** Finds out whether the two heads fit together, as of now. */
export async function checkMergeability(world: World, project: Project, mr: MergeRequest) {
  const repo = world.repo(project);
  const target = await repo.head(mr.targetBranch);
  const heads = `${mr.sha} ${target ?? ''}`;
  if (mr.checked?.heads === heads) return mr.checked;
  const conflicts = target === undefined || !(await fits(world, project, mr.sha, target));
  mr.prepared = true;
  mr.checked = { heads, conflicts };
  world.changed();
  return mr.checked;
}

async function fits(world: World, project: Project, source: string, target: string) {
  const repo = world.repo(project);
  const base = await mergeBase(repo, target, source);
  if (base === undefined) return false;
  const [b, t, s] = await Promise.all([base, target, source].map((sha) => repo.commit(sha)));
  if (!b || !t || !s) return false;
  return 'tree' in (await mergeTrees(repo, b.tree, t.tree, s.tree));
}

/** Commits of the merge request, newest first. */
export const commitsOf = (world: World, project: Project, mr: MergeRequest) =>
  log(world.repo(project), [mr.sha, `^${mr.diff.start}`, `^${mr.diff.base}`]);

/** Where the source left the target, as of now. */
export async function diffOfHeads(world: World, project: Project, sha: string, target: string) {
  const repo = world.repo(project);
  const start = (await repo.head(target)) ?? sha;
  return { base: (await mergeBase(repo, start, sha)) ?? start, start };
}
