import type { Approval, PostRecord } from '../store/record.ts';
import { wasEdited } from './asked.ts';
import type { Observation } from './observation.ts';

/**
 * Whether an approval still stands: its label was not taken off by a person, its button not undone, its comment
 * neither edited nor deleted. Read again from GitLab right before a claim, because the record alone proves nothing.
 */
export function stands(approval: Approval, observation: Observation): boolean {
  switch (approval.via) {
    case 'merge':
      return (
        observation.mergeRequest?.state === 'merged' &&
        observation.mergeRequest.mergedBy?.id === approval.by.id
      );
    case 'button':
      // GitLab drops the button with the merge; until then the list is what counts.
      return (
        observation.mergeRequest?.state === 'merged' ||
        observation.approvals.some(({ user }) => user.id === approval.by.id)
      );
    case 'command': {
      const note = observation.notes.find(
        ({ id, on }) => id === approval.ref && on === approval.on,
      );
      return note?.author.id === approval.by.id && !wasEdited(note) && !note.system;
    }
    case 'label': {
      const events = observation.labels.filter(
        ({ on, label }) => on === approval.on && label === 'pulse::approved',
      );
      const added = events.find(({ id }) => id === approval.ref);
      const removed = events.some(
        ({ id, action, by }) =>
          action === 'remove' && by.id !== observation.me && id > (approval.ref ?? 0),
      );
      return added?.by.id === approval.by.id && added.action === 'add' && !removed;
    }
  }
}

/** The newest approval of what stands there now, if it still stands. */
export function standingApproval(
  record: PostRecord,
  observation: Observation,
): Approval | undefined {
  const hash = record.revisions.at(-1)?.hash;
  return record.approvals.findLast(
    (approval) => approval.hash === hash && stands(approval, observation),
  );
}
