import { renderCard } from '../review/card.ts';
import type { Observation } from '../review/observation.ts';
import { labelChanges, statusLabel, withDraftMark } from '../review/projection.ts';
import type { Profile } from '../store/profile.ts';
import type { PostRecord } from '../store/record.ts';
import { trySave } from './change.ts';
import type { Desk } from './context.ts';
import { notify } from './notify.ts';
import { isFinished } from './rules/hold.ts';

/** Whether people have decided or everything is out: the issue is closed, once. */
function isClosed(record: PostRecord): boolean {
  return isFinished(record) || record.status === 'rejected' || record.status === 'expired';
}

/**
 * Brings issue, merge request and card to what the record says; writes nothing that stands there already.
 * Returns whether anything was written: then everything is read once more, because another may have written too.
 */
export async function project(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
  observation: Observation,
): Promise<boolean> {
  const { issue, mergeRequest, document } = observation;
  if (issue === undefined || mergeRequest === undefined || record.card === undefined) return false;
  const body = renderCard(record, document);
  const shown = observation.notes.find(
    ({ id, on }) => id === record.card && on === 'merge_request',
  );
  const cardWritten = shown !== undefined && shown.body !== body;
  if (cardWritten) {
    await desk.gitlab.editNote({ on: 'merge_request', iid: mergeRequest.iid }, shown.id, body);
  }
  const statusWritten = await projectStatus(desk, record, observation);
  const marked = await mark(desk, record);
  if (cardWritten || statusWritten || marked) return true;
  return notify(desk, record, profile, observation);
}

async function projectStatus(
  desk: Desk,
  record: PostRecord,
  { issue, mergeRequest, approvals, me }: Observation,
): Promise<boolean> {
  if (issue === undefined || mergeRequest === undefined) return false;
  const wanted = statusLabel(record);
  const closing = isClosed(record) && record.projected.closed === undefined;
  const issueLabels = labelChanges(issue.labels, wanted);
  const closesIssue = closing && issue.state === 'opened';
  if (issueLabels !== undefined || closesIssue) {
    await desk.gitlab.updateIssue(issue.iid, {
      ...issueLabels,
      ...(closesIssue ? { state: 'close' as const } : {}),
    });
  }
  const labels = labelChanges(mergeRequest.labels, wanted);
  const closesMerge = closing && mergeRequest.state === 'opened';
  const undraft =
    mergeRequest.draft &&
    mergeRequest.state === 'opened' &&
    record.projected.ready === undefined &&
    (record.status === 'review' || record.status === 'approved');
  if (labels !== undefined || closesMerge || undraft) {
    await desk.gitlab.updateMergeRequest(mergeRequest.iid, {
      ...labels,
      ...(closesMerge ? { state: 'close' as const } : {}),
      ...(undraft ? { title: withDraftMark(mergeRequest.title, false) } : {}),
    });
  }
  // A button pressed for words that have changed would look like an approval of the new ones.
  const stale =
    record.status !== 'approved' &&
    mergeRequest.state === 'opened' &&
    approvals.some(({ user }) => user.id !== me);
  if (stale) await desk.gitlab.resetApprovals(mergeRequest.iid);
  return (
    issueLabels !== undefined ||
    closesIssue ||
    labels !== undefined ||
    closesMerge ||
    undraft ||
    stale
  );
}

/** Remembers what is done once: the revision on the card, the Draft mark taken off, the issue closed. */
async function mark(desk: Desk, record: PostRecord): Promise<boolean> {
  const now = desk.clock.now();
  const last = record.revisions.at(-1);
  const uncarded = last !== undefined && last.cardedAt === undefined;
  const readied =
    (record.status === 'review' || record.status === 'approved') &&
    record.projected.ready === undefined;
  const closed = isClosed(record) && record.projected.closed === undefined;
  if (!uncarded && !readied && !closed) return false;
  await trySave(desk, {
    ...record,
    revisions: record.revisions.map((revision) =>
      revision === last ? { ...revision, cardedAt: revision.cardedAt ?? now } : revision,
    ),
    projected: {
      ...record.projected,
      ...(readied ? { ready: now } : {}),
      ...(closed ? { closed: now } : {}),
    },
  });
  return true;
}
