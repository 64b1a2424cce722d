import { announceTitle, mergeRequestText, issueText } from '../../review/texts.ts';
import { cardMark, issueMark, renderCard } from '../../review/card.ts';
import { isError } from '../../errors.ts';
import type { MergeRequest } from '../../gitlab/types.ts';
import { statusLabel, withDraftMark } from '../../review/projection.ts';
import type { PostRecord } from '../../store/record.ts';
import { changeLeased, released } from '../change.ts';
import type { Desk } from '../context.ts';
import { observe } from '../read/observe.ts';
import { threadOf } from '../thread.ts';
import type { Performer } from './performer.ts';

/**
 * Opens the branch, the issue, the merge request and the card of a post. Every step looks for what an earlier,
 * interrupted attempt left before it creates anything.
 */
export const open: Performer = async (desk, record, { profile }) => {
  await ensureBranch(desk, record);
  const issue = record.issue ?? (await ensureIssue(desk, record));
  const mergeRequest = await ensureMergeRequest(desk, record, issue);
  const known = { ...record, issue, mergeRequest: mergeRequest.iid };
  const { document } = await observe(desk, known, profile);
  const card = await ensureCard(desk, known, renderCard(known, document));
  const now = desk.clock.now();
  await changeLeased(desk, record.id, record.work.nonce, (latest) => {
    const { draft: _placed, ...rest } = released(latest);
    return {
      ...rest,
      issue,
      mergeRequest: mergeRequest.iid,
      card,
      revisions: rest.revisions.map((revision, index, all) =>
        index === all.length - 1 ? { ...revision, cardedAt: revision.cardedAt ?? now } : revision,
      ),
      projected: mergeRequest.draft ? rest.projected : { ...rest.projected, ready: now },
    };
  });
};

async function ensureBranch(desk: Desk, record: PostRecord): Promise<void> {
  if (record.draft === undefined) return;
  const from = desk.project.defaultBranch;
  try {
    await desk.gitlab.commitFiles(
      record.branch,
      [{ action: 'create', path: record.path, content: record.draft }],
      `Propose ${record.id}`,
      { startBranch: from },
    );
  } catch (error) {
    // The branch is there: an earlier attempt made it.
    const there = await desk.gitlab.readFile(record.path, record.branch);
    if (
      there === undefined ||
      !(isError(error, 'STORE_CONFLICT') || isError(error, 'GITLAB_REFUSED'))
    ) {
      throw error;
    }
  }
}

async function ensureIssue(desk: Desk, record: PostRecord): Promise<number> {
  const mark = issueMark(record.id);
  const found = (await desk.gitlab.findIssues(`pulse:post ${record.id}`)).find(
    ({ description, author }) => description.includes(mark) && author.id === desk.me.id,
  );
  if (found !== undefined) return found.iid;
  const created = await desk.gitlab.createIssue({
    title: announceTitle(record),
    description: issueText(record),
    labels: [statusLabel(record)],
  });
  return created.iid;
}

async function ensureMergeRequest(
  desk: Desk,
  record: PostRecord,
  issue: number,
): Promise<MergeRequest> {
  const found = (await desk.gitlab.mergeRequestsOf(record.branch)).findLast(
    ({ sourceProject, targetProject }) => sourceProject === targetProject,
  );
  if (found !== undefined) return found;
  return desk.gitlab.createMergeRequest({
    title: withDraftMark(announceTitle(record), true),
    description: mergeRequestText(record, issue),
    sourceBranch: record.branch,
    targetBranch: desk.project.defaultBranch,
    labels: [statusLabel(record)],
  });
}

async function ensureCard(desk: Desk, record: PostRecord, body: string): Promise<number> {
  const thread = threadOf(record, 'merge_request');
  const found = (await desk.gitlab.notes(thread)).find(
    (note) => note.author.id === desk.me.id && note.body.includes(cardMark(record.id)),
  );
  return (found ?? (await desk.gitlab.addNote(thread, body))).id;
}
