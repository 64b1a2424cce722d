import { currentHash } from '../review/binding.ts';
import { levels } from '../review/judge.ts';
import { standingApproval } from '../review/standing.ts';
import type { Profile } from '../store/profile.ts';
import type { Delivery, PostRecord } from '../store/record.ts';
import type { Desk } from './context.ts';
import { stateBranchFault } from './protection.ts';
import { observe } from './read/observe.ts';

export type Confirmation = { ok: true } | { ok: false; why: string };

const no = (why: string): Confirmation => ({ ok: false, why });

/**
 * Whether a delivery may really be sent, read anew from GitLab right before its claim: the approval and its giver's
 * role, the words on the default branch, the protection of the state branch. The record alone proves nothing.
 */
export async function confirm(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
  delivery: Delivery,
): Promise<Confirmation> {
  const fault = await stateBranchFault(desk);
  if (fault !== undefined) return no(`${fault.message} ${fault.remedy}`);
  const observation = await observe(desk, record, profile);
  const { document, mergeRequest } = observation;
  if (mergeRequest?.state !== 'merged' || document?.where !== 'default') {
    return no('The post is not on the default branch.');
  }
  const hash = currentHash(record, document);
  if (delivery.hash !== hash) return no('The post on the default branch is not what was approved.');
  const approval = standingApproval(record, observation);
  if (approval?.hash !== hash) return no('No approval of this revision stands on GitLab.');
  if (approval.by.id === desk.me.id) return no('The machine account cannot approve.');
  const level = await desk.gitlab.accessLevel(approval.by.id);
  if (level < levels[profile.approval.role]) {
    return no(`@${approval.by.username} no longer has the role ${profile.approval.role}.`);
  }
  return { ok: true };
}
