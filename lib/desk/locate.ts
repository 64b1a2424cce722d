import type { MergeRequest } from '../gitlab/types.ts';
import { postOfIssue } from '../review/card.ts';
import type { Desk } from './context.ts';
import { adopt } from './adopt.ts';

/** What a webhook names. */
export type Hint =
  { post: string } | { mergeRequest: number } | { issue: number } | { branch: string };

const ofBranch = (branch: string) => /^post\/([a-z0-9-]+)$/.exec(branch)?.[1];

/** Ids of the posts a hint is about; a merge request that adds a post by hand is adopted on the way. */
export async function locate(desk: Desk, hint: Hint): Promise<readonly string[]> {
  if ('post' in hint) return [hint.post];
  if ('branch' in hint) return locateBranch(desk, hint.branch);
  if ('issue' in hint) {
    const issue = await desk.gitlab.issue(hint.issue);
    const id = issue === undefined ? undefined : postOfIssue(issue.description);
    return id === undefined ? [] : [id];
  }
  const mergeRequest = await desk.gitlab.mergeRequest(hint.mergeRequest);
  const id = mergeRequest === undefined ? undefined : await locateMergeRequest(desk, mergeRequest);
  return id === undefined ? [] : [id];
}

/** The post a merge request holds; one written by hand is adopted on the way. */
export async function locateMergeRequest(
  desk: Desk,
  mergeRequest: MergeRequest,
): Promise<string | undefined> {
  const id = ofBranch(mergeRequest.sourceBranch);
  const own = mergeRequest.sourceProject === mergeRequest.targetProject;
  if (own && id !== undefined && (await desk.records.load(id)) !== undefined) return id;
  return adopt(desk, mergeRequest);
}

async function locateBranch(desk: Desk, branch: string): Promise<readonly string[]> {
  const id = ofBranch(branch);
  if (id !== undefined) return [id];
  if (branch !== desk.project.defaultBranch) {
    const open = (await desk.gitlab.mergeRequestsOf(branch)).filter(
      ({ state }) => state === 'opened',
    );
    const found = await Promise.all(open.map(({ iid }) => locate(desk, { mergeRequest: iid })));
    return found.flat();
  }
  // Whatever was merged may have been edited or reverted there.
  const records = await desk.records.all(() => undefined);
  return records
    .filter(
      ({ mergedAs, status }) =>
        mergedAs !== undefined && (status === 'approved' || status === 'review'),
    )
    .map((record) => record.id);
}
