import { fail } from '../errors.ts';
import { absent } from './answers.ts';
import { byUpdate, type LabelChange, labelOptions, perPage } from './issues.ts';
import { mergeRequestShape, userShape } from './objects.ts';
import type { Send } from './request.ts';
import type { Loaded } from './resources.ts';
import { list, maybe, narrow, object, present, text, time } from './shapes.ts';
import type { MergeRequest, User } from './types.ts';

/** GitLab leaves files out of larger diffs. */
const mostFiles = 1000;

const approvalsShape = object((field) =>
  field(
    'approved_by',
    list(
      object((inner) =>
        present({ user: inner('user', userShape), at: inner('approved_at', maybe(time)) }),
      ),
    ),
  ),
);
const diffShape = object((field) => [field('old_path', text), field('new_path', text)]);

export function createMergeRequests(project: string, resources: Loaded, send: Send) {
  const path = (iid: number) =>
    `projects/${encodeURIComponent(project)}/merge_requests/${String(iid)}`;
  const find = async (query: { updatedAfter?: string; sourceBranch?: string }) => {
    const { mergeRequests } = await resources();
    const found: unknown = await mergeRequests.all({
      projectId: project,
      state: 'all',
      scope: 'all',
      orderBy: 'created_at',
      sort: 'asc',
      perPage,
      ...query,
    } as { projectId: string });
    return byUpdate(narrow('GET /merge_requests', list(mergeRequestShape), found));
  };
  return {
    async mergeRequest(iid: number): Promise<MergeRequest | undefined> {
      const { mergeRequests } = await resources();
      const found = await absent(mergeRequests.show(project, iid));
      return found && narrow('GET /merge_requests/:iid', mergeRequestShape, found);
    },
    /** Every merge request changed at `ms` or later, all pages, oldest change first. */
    mergeRequestsUpdatedSince: (ms: number): Promise<MergeRequest[]> =>
      find({ updatedAfter: new Date(ms).toISOString() }),
    /** In any state, also those from forks, oldest change first. */
    mergeRequestsOf: (sourceBranch: string): Promise<MergeRequest[]> => find({ sourceBranch }),
    async createMergeRequest(wanted: {
      title: string;
      description: string;
      sourceBranch: string;
      targetBranch: string;
      labels: readonly string[];
      /** Ids; GitLab takes more than one in Premium only. */
      reviewers?: readonly number[];
    }): Promise<MergeRequest> {
      const { mergeRequests } = await resources();
      const { title, description, sourceBranch, targetBranch, labels, reviewers } = wanted;
      const made = await mergeRequests.create(project, sourceBranch, targetBranch, title, {
        description,
        labels: labels.join(','),
        ...(reviewers !== undefined && { reviewerIds: [...reviewers] }),
      });
      return narrow('POST /merge_requests', mergeRequestShape, made);
    },
    /** All changes in one request: GitLab carries out all of them or none. */
    async updateMergeRequest(
      iid: number,
      change: LabelChange & {
        title?: string;
        description?: string;
        state?: 'close' | 'reopen';
        reviewerIds?: readonly number[];
      },
    ): Promise<MergeRequest> {
      const { mergeRequests } = await resources();
      const { title, description, state, reviewerIds } = change;
      const changed = await mergeRequests.edit(project, iid, {
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        ...(state !== undefined && { stateEvent: state }),
        ...(reviewerIds !== undefined && { reviewerIds: [...reviewerIds] }),
        ...labelOptions(change),
      });
      return narrow('PUT /merge_requests/:iid', mergeRequestShape, changed);
    },
    /** Who pressed Approve, and when where GitLab says it. */
    async approvals(iid: number): Promise<{ user: User; at?: number }[]> {
      const { approvals } = await resources();
      const found = await absent(
        approvals.showConfiguration(project, { mergerequestIId: iid }) as Promise<unknown>,
      );
      return found === undefined ? [] : narrow('GET /approvals', approvalsShape, found);
    },
    /** Takes back every approval; only a bot's token may. */
    async resetApprovals(iid: number): Promise<void> {
      await send({ method: 'PUT', path: `${path(iid)}/reset_approvals` });
    },
    /** Old and new paths of everything the diff touches, sorted. Throws GITLAB_UNEXPECTED for a diff too large to be told whole. */
    async changedPaths(iid: number): Promise<string[]> {
      const { mergeRequests } = await resources();
      const call = `GET /merge_requests/${String(iid)}/diffs`;
      const found = await mergeRequests.allDiffs(project, iid, { perPage });
      const paths = narrow(call, list(diffShape), found);
      if (paths.length >= mostFiles) {
        const problems = `${String(paths.length)} files or more, which GitLab may not list completely`;
        throw fail('GITLAB_UNEXPECTED', { call, problems });
      }
      return [...new Set(paths.flat())].sort();
    },
    /**
     * Merges exactly the commit `sha`. Throws GITLAB_REFUSED with GitLab's own status and words: 401 not allowed, 405
     * draft, conflict or already merged, 409 the branch has moved on.
     */
    async merge(iid: number, wanted: { sha: string; message: string }): Promise<MergeRequest> {
      const { mergeRequests } = await resources();
      const merged = await mergeRequests.merge(project, iid, {
        sha: wanted.sha,
        mergeCommitMessage: wanted.message,
        squash: false,
        shouldRemoveSourceBranch: true,
      });
      return narrow('PUT /merge', mergeRequestShape, merged);
    },
  };
}
