import type { MergeRequest } from '../model-threads.ts';
import type { Project } from '../model.ts';
import { abilities } from '../permissions.ts';
import { forbidden, notFound, unauthorized } from '../refusal.ts';
import type { World } from '../world.ts';
import { shaMismatch } from './merge.ts';
import { lastCommit, systemNote } from './notes.ts';
import type { Actor } from './notes.ts';
import { tellThread } from './tell.ts';

export const mayApprove = (mr: MergeRequest, level: number) =>
  mr.state === 'opened' && level >= abilities.approve_merge_request;

function review(world: World, mr: MergeRequest, userId: number, state: 'approved' | 'unapproved') {
  const at = world.clock.now();
  const known = mr.reviewers.find((reviewer) => reviewer.userId === userId);
  if (known) Object.assign(known, { state, at });
}

export async function approve(
  world: World,
  project: Project,
  mr: MergeRequest,
  { user, level }: Actor,
  sha?: string,
): Promise<void> {
  const has = mr.approvals.some((approval) => approval.userId === user.id);
  if (!mayApprove(mr, level) || has) throw unauthorized();
  if (sha !== undefined && sha !== mr.sha) throw shaMismatch(mr.sha);
  mr.approvals.push({ userId: user.id, at: world.clock.now() });
  review(world, mr, user.id, 'approved');
  systemNote(world, mr, user.id, 'approved this merge request');
  mr.checked = undefined;
  tellThread(world, project, mr, user, 'approved', {}, await lastCommit(world, mr));
}

export async function unapprove(
  world: World,
  project: Project,
  mr: MergeRequest,
  { user }: Actor,
): Promise<void> {
  const has = mr.approvals.some((approval) => approval.userId === user.id);
  if (!has) throw notFound();
  mr.approvals = mr.approvals.filter((approval) => approval.userId !== user.id);
  review(world, mr, user.id, 'unapproved');
  systemNote(world, mr, user.id, 'unapproved this merge request');
  mr.checked = undefined;
  tellThread(world, project, mr, user, 'unapproved', {}, await lastCommit(world, mr));
}

/** Takes all approvals back; for tokens of bots only. */
export function resetApprovals(world: World, mr: MergeRequest, { user, level }: Actor): void {
  if (!user.bot || level < abilities.update_merge_request) throw forbidden();
  mr.approvals = [];
  for (const reviewer of mr.reviewers) reviewer.state = 'unreviewed';
  mr.updatedAt = world.clock.now();
  world.changed();
}
