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
  if (mergeRequest === undefined) return [];
  const id = ofBranch(mergeRequest.sourceBranch);
  const own = mergeRequest.sourceProject === mergeRequest.targetProject;
  if (own && id !== undefined && (await desk.records.load(id)) !== undefined) return [id];
  const adopted = await adopt(desk, mergeRequest);
  return adopted === undefined ? [] : [adopted];
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
  const ids = await desk.records.ids();
  const records = await Promise.all(ids.map((each) => desk.records.load(each)));
  return records.flatMap((record) =>
    record?.mergedAs !== undefined && (record.status === 'approved' || record.status === 'review')
      ? [record.id]
      : [],
  );
}
