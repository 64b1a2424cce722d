import { createBranches } from './branches.ts';
import { createFiles } from './files.ts';
import { connect, type GitLabOptions } from './connect.ts';
import { createIssues } from './issues.ts';
import { createMergeRequests } from './merge-requests.ts';
import { createNotes } from './notes.ts';
import { createPeople } from './people.ts';
import { createRepository } from './repository.ts';
import { createVariables } from './variables.ts';

export type { GitLabOptions } from './connect.ts';

export type GitLab = ReturnType<typeof createGitLab>;

/**
 * One project on one GitLab, as one account. Times are ms UTC, lists complete, a missing thing is undefined. Reads are
 * tried again when GitLab is busy, writes only when they are known not to have acted.
 * All throw GITLAB_UNREACHABLE, GITLAB_BUSY, GITLAB_REFUSED (`details.status`) and GITLAB_UNEXPECTED.
 */
export function createGitLab(options: GitLabOptions) {
  const { project, clock, send, resources } = connect(options);
  return {
    ...createPeople(project, resources, send, () => clock.now()),
    ...createIssues(project, resources),
    ...createMergeRequests(project, resources, send),
    ...createNotes(project, resources),
    ...createRepository(project, resources, clock),
    ...createFiles(project, resources, send),
    ...createBranches(project, resources),
    ...createVariables(project, resources, send),
  };
}
