import { changedFiles } from '../git/compare.ts';
import { log } from '../git/history.ts';
import type { Commit } from '../git/objects.ts';
import { zero } from '../git/refs.ts';
import { emit } from '../hooks/emit.ts';
import type { MergeRequest } from '../model-threads.ts';
import type { Project, User } from '../model.ts';
import { hookCommit } from '../present/hooks.ts';
import { visibilityLevel } from '../present/people.ts';
import { hookProject, hookRepository } from '../present/project.ts';
import type { World } from '../world.ts';
import { createPipeline } from '../ci/pipelines.ts';
import { Refusal } from '../refusal.ts';
import { changeThread } from './change.ts';
import { keepHead } from './create.ts';
import { markMerged } from './merged.ts';
import { diffOfHeads } from './mergeability.ts';
import { actorOf, crossReference, systemNote } from './notes.ts';
import { tellThread } from './tell.ts';
import { asDraft, closedIn, isDraftCommit } from './text.ts';

/** A branch went from one commit to another; undefined stands for not being there. */
export interface BranchMove {
  branch: string;
  before: string | undefined;
  after: string | undefined;
  /** Whoever pushed wants no pipeline. */
  skipCi?: boolean;
}

/** New commits of a push, oldest first; of a new branch those the default branch lacks. */
async function newCommits(world: World, project: Project, move: BranchMove): Promise<Commit[]> {
  const { before, after, branch } = move;
  if (after === undefined) return [];
  const repo = world.repo(project);
  const base =
    before ??
    (branch === project.defaultBranch ? undefined : await repo.head(project.defaultBranch));
  const only = await repo.commit(after);
  // By far the most pushes; git need not be asked.
  if (base === after) return [];
  if (base !== undefined && only.parents.length === 1 && only.parents[0] === base) return [only];
  const range = [after, ...(base === undefined ? [] : [`^${base}`])];
  return (await log(repo, range, { limit: 200 })).reverse();
}

/** Everything that follows from a push, by git or by the API. */
export async function pushed(
  world: World,
  project: Project,
  user: User,
  move: BranchMove,
): Promise<void> {
  const { branch, before, after } = move;
  const commits = await newCommits(world, project, move);
  const last = commits.at(-1);
  project.pushes.push({
    id: world.next('event'),
    userId: user.id,
    at: world.clock.now(),
    ref: branch,
    before: before ?? null,
    after: after ?? null,
    commits: commits.length,
    title: last?.message.split('\n')[0] ?? null,
  });
  if (project.pushes.length > 5000) project.pushes.shift();
  project.updatedAt = world.clock.now();
  world.changed();
  await tellPush(world, project, user, move, commits);
  const open = Object.values(world.state.projects).flatMap((each) =>
    Object.values(each.mergeRequests).flatMap((mr) =>
      mr.state === 'opened' ? [{ target: each, mr }] : [],
    ),
  );
  for (const { target, mr } of open) {
    if (mr.sourceProjectId === project.id && mr.sourceBranch === branch && after !== undefined)
      await refresh(world, target, mr, user, after, commits);
    if (target.id === project.id && mr.targetBranch === branch && after !== undefined)
      await onTarget(world, project, mr, user, commits);
  }
  if (branch === project.defaultBranch) await closeIssues(world, project, user, commits);
  if (world.rules.pipelines && after !== undefined && move.skipCi !== true)
    await startPipelines(world, project, user, branch);
}

async function tellPush(
  world: World,
  project: Project,
  user: User,
  { branch, before, after }: BranchMove,
  commits: readonly Commit[],
): Promise<void> {
  const repo = world.repo(project);
  const shown = await Promise.all(
    commits.slice(-20).map(async (commit) => {
      const parent = commit.parents[0];
      const before = parent === undefined ? undefined : (await repo.commit(parent)).tree;
      const files = await changedFiles(repo, before, commit.tree);
      const names = (of: typeof files) => of.map((file) => file.path);
      return {
        ...hookCommit(world, project, commit),
        added: names(files.filter((file) => !file.before)),
        modified: names(files.filter((file) => file.before && file.after)),
        removed: names(files.filter((file) => !file.after)),
      };
    }),
  );
  const body = () => ({
    object_kind: 'push',
    event_name: 'push',
    before: before ?? zero,
    after: after ?? zero,
    ref: `refs/heads/${branch}`,
    ref_protected: false,
    checkout_sha: after ?? null,
    message: null,
    user_id: user.id,
    user_name: user.name,
    user_username: user.username,
    user_email: null,
    user_avatar: null,
    project_id: project.id,
    project: hookProject(world, project),
    commits: shown,
    total_commits_count: commits.length,
    push_options: {},
    repository: {
      ...hookRepository(world, project),
      git_http_url: hookProject(world, project).git_http_url,
      git_ssh_url: hookProject(world, project).git_ssh_url,
      visibility_level: visibilityLevel(project),
    },
  });
  emit(world, project, 'push_events', body, branch);
}

/** The source branch of an open merge request moved. Approvals stay, as on GitLab Free. */
async function refresh(
  world: World,
  project: Project,
  mr: MergeRequest,
  user: User,
  sha: string,
  commits: readonly Commit[],
): Promise<void> {
  const old = mr.sha;
  if (old === sha) return;
  const repo = world.repo(project);
  if (mr.sourceProjectId !== project.id) {
    const from = world.repo(world.state.projects[mr.sourceProjectId] ?? project).folder;
    await repo.text([
      'fetch',
      '--quiet',
      from,
      `+refs/heads/${mr.sourceBranch}:refs/kept/${String(mr.id)}`,
    ]);
  }
  mr.sha = sha;
  mr.checked = undefined;
  mr.diff = await diffOfHeads(world, project, sha, mr.targetBranch);
  await keepHead(world, project, mr);
  const list = commits.map(
    (c) => `<li>${c.sha.slice(0, 8)} - ${c.message.split('\n')[0] ?? ''}</li>`,
  );
  const count = `${String(commits.length)} commit${commits.length === 1 ? '' : 's'}`;
  systemNote(world, mr, user.id, `added ${count}\n\n<ul>${list.join('')}</ul>`);
  mr.updatedAt = world.clock.now();
  const last = await repo.commit(sha);
  tellThread(world, project, mr, user, 'update', {}, last, { oldrev: old });
  if (!mr.draft && commits.some((commit) => isDraftCommit(commit.message)))
    await changeThread(world, project, mr, actorOf(world, project, user.id), {
      title: asDraft(mr.title),
    });
}

/** The target moved: can it still be merged, or has it been, by hand? */
async function onTarget(
  world: World,
  project: Project,
  mr: MergeRequest,
  user: User,
  commits: readonly Commit[],
) {
  mr.checked = undefined;
  if (commits.some((commit) => commit.sha === mr.sha))
    await markMerged(world, project, mr, user, {});
}

async function closeIssues(world: World, project: Project, user: User, commits: readonly Commit[]) {
  const closes = project.settings.autoclose_referenced_issues !== false;
  for (const { message, sha } of commits) {
    for (const iid of closes ? closedIn(message) : []) {
      const issue = project.issues[iid];
      if (issue?.state !== 'opened') continue;
      await changeThread(world, project, issue, actorOf(world, project, user.id), {
        state: 'close',
      });
      const event = issue.stateEvents.at(-1);
      if (event) event.commit = sha;
    }
    crossReference(world, project, user.id, message, sha);
  }
}

/** One for the branch and one for each of its merge requests; none where there is no `.gitlab-ci.yml`. */
async function startPipelines(world: World, project: Project, user: User, ref: string) {
  const start = (source: string, variables: Record<string, string>) =>
    createPipeline(world, project, {
      ref,
      source,
      userId: user.id,
      variables: Object.entries(variables).map(([key, value]) => ({
        key,
        value,
        variable_type: 'env_var',
        raw: true,
      })),
    }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  await start('push', {});
  for (const mr of Object.values(project.mergeRequests))
    if (mr.state === 'opened' && mr.sourceBranch === ref && mr.sourceProjectId === project.id)
      await start('merge_request_event', mergeRequestVariables(project, mr));
}

export const mergeRequestVariables = (project: Project, mr: MergeRequest) => ({
  CI_MERGE_REQUEST_ID: String(mr.id),
  CI_MERGE_REQUEST_IID: String(mr.iid),
  CI_MERGE_REQUEST_TITLE: mr.title,
  CI_MERGE_REQUEST_PROJECT_ID: String(project.id),
  CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: mr.sourceBranch,
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: mr.targetBranch,
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: mr.sha,
  CI_MERGE_REQUEST_DIFF_BASE_SHA: mr.diff.base,
});
