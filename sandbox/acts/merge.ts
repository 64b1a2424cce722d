import { mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import { Moved } from '../git/refs.ts';
import type { MergeRequest } from '../model-threads.ts';
import { pathOf } from '../model.ts';
import type { Project, User } from '../model.ts';
import { mayMergeInto, mayPush } from '../permissions.ts';
import { mergeStatusOf } from '../present/merge-request.ts';
import { bad, conflict, notAllowed, unauthorized } from '../refusal.ts';
import type { World } from '../world.ts';
import { projectOf } from '../world.ts';
import { markMerged } from './merged.ts';
import { checkMergeability } from './mergeability.ts';
import type { Actor } from './notes.ts';
import { pushed } from './push.ts';

export interface MergeWish {
  sha?: string | undefined;
  message?: string | undefined;
  squashMessage?: string | undefined;
  squash?: boolean | undefined;
  removeSource?: boolean | undefined;
}

export const shaMismatch = (sha: string) =>
  conflict(`SHA does not match HEAD of source branch: ${sha}`);

/** Merges being done: a second one meanwhile is told what it would be told afterwards. */
const merging = new WeakMap<MergeRequest, Promise<void>>();

/** Merges in git and here. Refusals in GitLab's order: 400, 401, 409, 405. */
export async function merge(
  world: World,
  project: Project,
  mr: MergeRequest,
  actor: Actor,
  wish: MergeWish,
): Promise<void> {
  if (world.rules.requireSha && wish.sha === undefined)
    throw bad('SHA must be provided when merging');
  if (!mayMergeInto(project, mr.targetBranch, actor.level)) throw unauthorized();
  await merging.get(mr)?.catch(() => undefined);
  const work = carryOut(world, project, mr, actor.user, wish);
  merging.set(mr, work);
  await work;
  if (wish.removeSource ?? mr.removeSource) world.background(removeSource(world, mr, actor));
}

async function carryOut(
  world: World,
  project: Project,
  mr: MergeRequest,
  user: User,
  wish: MergeWish,
): Promise<void> {
  if (wish.sha !== undefined && wish.sha !== mr.sha) throw shaMismatch(mr.sha);
  await checkMergeability(world, project, mr);
  if (mergeStatusOf(project, mr) !== 'mergeable') throw notAllowed();
  const repo = world.repo(project);
  const target = (await repo.head(mr.targetBranch)) ?? '';
  const source = mr.sha;
  const base = (await mergeBase(repo, target, source)) ?? '';
  const [b, t, s] = await Promise.all([base, target, source].map((sha) => repo.commit(sha)));
  const merged = b && t && s && (await mergeTrees(repo, b.tree, t.tree, s.tree));
  if (!merged || !('tree' in merged)) throw notAllowed();
  const sign = { name: user.name, email: user.email, at: world.clock.now() };
  const { tree } = merged;
  const commit = (parents: string[], message: string) =>
    repo.writeCommit({ tree, parents, author: sign, committer: sign, message });
  const { squash_option: option, merge_method: method } = project.settings;
  const wantsSquash = option === 'always' || (option !== 'never' && (wish.squash ?? mr.squash));
  // Both other ways of merging want a branch that begins at the target's head.
  if (method !== 'merge' && base !== target) throw notAllowed();
  const squash = wantsSquash ? await commit([target], wish.squashMessage ?? mr.title) : undefined;
  const forward = method === 'ff';
  const made = forward
    ? (squash ?? source)
    : await commit([target, squash ?? source], wish.message ?? usualMessage(project, mr));
  // The branch may have moved while trees were read: what was asked for is no longer what would be merged.
  if (source !== mr.sha) throw shaMismatch(mr.sha);
  try {
    await repo.moveBranch(mr.targetBranch, made, target);
  } catch (error) {
    if (error instanceof Moved) throw notAllowed();
    throw error;
  }
  await markMerged(world, project, mr, user, {
    ...(!forward && { merge: made }),
    ...(squash && { squash }),
  });
  await pushed(world, project, user, { branch: mr.targetBranch, before: target, after: made });
}

const usualMessage = (project: Project, mr: MergeRequest) =>
  [
    `Merge branch '${mr.sourceBranch}' into '${mr.targetBranch}'`,
    mr.title,
    `See merge request ${pathOf(project)}!${String(mr.iid)}`,
  ].join('\n\n');

/** A little after the merge, as GitLab does it; a protected branch stays. */
async function removeSource(world: World, mr: MergeRequest, { user, level }: Actor): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const project = projectOf(world, mr.sourceProjectId);
  const repo = world.repo(project);
  const head = await repo.head(mr.sourceBranch);
  const kept =
    mr.sourceBranch === project.defaultBranch || !mayPush(project, mr.sourceBranch, level);
  if (head !== mr.sha || kept) return;
  await repo.moveBranch(mr.sourceBranch, '0'.repeat(40), head);
  await pushed(world, project, user, { branch: mr.sourceBranch, before: head, after: undefined });
}
