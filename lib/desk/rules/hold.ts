import { allows, transition } from '../../review/lifecycle.ts';
import type { Observation } from '../../review/observation.ts';
import type { PostRecord } from '../../store/record.ts';
import type { Rule } from '../state.ts';

/** Whether nothing more can happen by itself: every delivery has ended well or was given up. */
export function isFinished(record: PostRecord): boolean {
  return (
    record.status === 'approved' &&
    record.deliveries.length > 0 &&
    record.deliveries.every(({ status }) => status === 'published' || status === 'cancelled')
  );
}

type Why = 'closed' | 'branch' | 'draft';

/** What a person did that stops the post, if anything. */
function stopped(record: PostRecord, observation: Observation): Why | undefined {
  const { issue, mergeRequest, branchExists } = observation;
  if (mergeRequest === undefined || issue === undefined) return undefined;
  if (issue.state === 'closed' || mergeRequest.state === 'closed') return 'closed';
  if (mergeRequest.state === 'merged') return undefined;
  if (!branchExists && record.draft === undefined) return 'branch';
  return mergeRequest.draft && record.projected.ready !== undefined ? 'draft' : undefined;
}

/** A closed issue or merge request, a deleted branch or a Draft mark set again holds the post. */
export const noticeHold: Rule = ({ record, observation, now }) => {
  if (isFinished(record) || !allows(record.status, 'held')) return record;
  const why = stopped(record, observation);
  return why === undefined ? record : transition(record, 'held', now, why);
};

/** What held it is gone: it goes on where it was. What was asked for is ended by asking only. */
export const noticeResume: Rule = ({ record, observation, now }) => {
  if (record.status !== 'held' || record.held?.why === 'asked') return record;
  return stopped(record, observation) === undefined ? transition(record, 'resumed', now) : record;
};

/** A rejected or expired post that a person opened again goes back to review. */
export const noticeReopened: Rule = ({ record, observation, now }) => {
  if (!allows(record.status, 'reopened') || record.projected.closed === undefined) return record;
  const { issue, mergeRequest } = observation;
  if (issue?.state !== 'opened' || mergeRequest?.state === 'closed') return record;
  const { ready } = record.projected;
  const projected = ready === undefined ? {} : { ready };
  return transition({ ...record, projected }, 'reopened', now);
};
