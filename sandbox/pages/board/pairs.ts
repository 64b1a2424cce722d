import type { Issue, MergeRequest } from '../rest.ts';
import { factsOf } from './facts.ts';

/** Id of the post an issue belongs to, by the mark in its description. Pure. */
export const postOf = (text: string): string | undefined =>
  /<!-- pulse:post ([\w.-]+) -->/.exec(text)?.[1];

/** Which merge request belongs to an issue: whichever of the two names the other, or the branch names the post. Pure. */
export function pairsOf(mergeRequests: readonly MergeRequest[]) {
  const byIid = new Map(mergeRequests.map((mr) => [mr.iid, mr]));
  const byBranch = new Map(mergeRequests.map((mr) => [mr.source_branch, mr]));
  const byIssue = new Map(
    mergeRequests.flatMap((mr) => {
      const { issue } = factsOf(mr.description);
      return issue === undefined ? [] : [[issue, mr] as const];
    }),
  );
  return (issue: Issue): MergeRequest | undefined =>
    byIid.get(factsOf(issue.description).mergeRequest ?? 0) ??
    byIssue.get(issue.iid) ??
    byBranch.get(`post/${postOf(issue.description) ?? ''}`);
}
