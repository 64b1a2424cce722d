import type { Issue, MergeRequest, Thread } from '../model-threads.ts';
import type { Project } from '../model.ts';
import { bad, invalid } from '../refusal.ts';
import type { World } from '../world.ts';
import { rivalOf, rivalry } from './change.ts';
import { setLabels, wishedLabels } from './labels.ts';
import { diffOfHeads } from './mergeability.ts';
import { addTodo, crossReference, lastCommit, notifyMentioned } from './notes.ts';
import type { Actor, AnyThread } from './notes.ts';
import { tellThread } from './tell.ts';
import { isDraftTitle } from './text.ts';

export interface NewThread {
  title: string;
  description: string | null;
  labels: readonly string[];
  assignees: readonly number[];
  /** Set on purpose by an owner, as when importing; ms. */
  createdAt?: number | undefined;
}

function begin(
  world: World,
  project: Project,
  actor: Actor,
  wanted: NewThread,
): Omit<Thread, 'id' | 'iid'> {
  const title = wanted.title.trim();
  if (title === '') throw invalid('title is empty');
  if (title.length > 255) throw bad({ title: ['is too long (maximum is 255 characters)'] });
  const now = wanted.createdAt ?? world.clock.now();
  return {
    projectId: project.id,
    title,
    description: wanted.description,
    state: 'opened',
    authorId: actor.user.id,
    assigneeIds: [...wanted.assignees],
    labelIds: [],
    locked: false,
    notes: [],
    labelEvents: [],
    stateEvents: [],
    awards: [],
    createdAt: now,
    updatedAt: now,
  };
}

/** Labels, mentions and webhooks of a thread that was just made. Its labels bear its own time. */
async function announce(
  world: World,
  project: Project,
  thread: AnyThread,
  actor: Actor,
  wanted: NewThread,
): Promise<void> {
  const { user } = actor;
  const ids = wishedLabels(world, project, [], { set: wanted.labels });
  setLabels(world, thread, ids, user.id, thread.createdAt);
  const text = thread.description ?? '';
  notifyMentioned(world, user.id, thread, text);
  crossReference(world, project, user.id, text, thread);
  for (const userId of thread.assigneeIds)
    addTodo(world, thread, { userId, authorId: user.id, action: 'assigned', body: thread.title });
  world.changed();
  tellThread(world, project, thread, user, 'open', {}, await lastCommit(world, thread));
}

export async function createIssue(
  world: World,
  project: Project,
  actor: Actor,
  wanted: NewThread & Partial<Pick<Issue, 'confidential' | 'type' | 'dueDate'>>,
): Promise<Issue> {
  const started = begin(world, project, actor, wanted);
  project.lastIssue += 1;
  const issue: Issue = {
    ...started,
    on: 'issue',
    id: world.next('issue'),
    iid: project.lastIssue,
    type: wanted.type ?? 'issue',
    confidential: wanted.confidential ?? false,
    dueDate: wanted.dueDate,
    links: [],
  };
  project.issues[issue.iid] = issue;
  await announce(world, project, issue, actor, wanted);
  return issue;
}

export interface NewMergeRequest extends NewThread {
  source: Project;
  sourceBranch: string;
  targetBranch: string;
  reviewers: readonly number[];
  squash: boolean;
  removeSource: boolean;
}

/** Brings the commits of another project's branch into this one's repository. */
async function fetchFrom(world: World, source: Project, target: Project, branch: string) {
  if (source.id === target.id) return;
  const from = world.repo(source).folder;
  const ref = `refs/kept/${String(source.id)}/${branch}`;
  await world
    .repo(target)
    .text(['fetch', '--quiet', '--no-tags', from, `+refs/heads/${branch}:${ref}`]);
}

export async function createMergeRequest(
  world: World,
  project: Project,
  actor: Actor,
  wanted: NewMergeRequest,
): Promise<MergeRequest> {
  const { source, sourceBranch, targetBranch } = wanted;
  const missing = async (of: Project, branch: string) =>
    (await world.repo(of).head(branch)) === undefined;
  const sha = await world.repo(source).head(sourceBranch);
  const same = source.id === project.id && sourceBranch === targetBranch;
  if (same) throw bad([`You can't use same project/branch for source and target`]);
  if (sha === undefined) throw bad([`Source branch "${sourceBranch}" does not exist`]);
  if (await missing(project, targetBranch))
    throw bad([`Target branch "${targetBranch}" does not exist`]);
  const started = begin(world, project, actor, wanted);
  await fetchFrom(world, source, project, sourceBranch);
  const diff = await diffOfHeads(world, project, sha, targetBranch);
  const rival = rivalOf(project, { sourceBranch, targetBranch, sourceProjectId: source.id });
  if (rival) throw rivalry(rival);
  project.lastMergeRequest += 1;
  const mr: MergeRequest = {
    ...started,
    on: 'merge_request',
    id: world.next('merge request'),
    iid: project.lastMergeRequest,
    sourceBranch,
    targetBranch,
    sourceProjectId: source.id,
    draft: isDraftTitle(started.title),
    sha,
    diff,
    reviewers: wanted.reviewers.map((userId) => ({
      userId,
      state: 'unreviewed',
      at: world.clock.now(),
    })),
    approvals: [],
    squash: wanted.squash,
    removeSource: wanted.removeSource,
    prepared: false,
  };
  project.mergeRequests[mr.iid] = mr;
  await keepHead(world, project, mr);
  for (const userId of wanted.reviewers)
    addTodo(world, mr, {
      userId,
      authorId: actor.user.id,
      action: 'review_requested',
      body: mr.title,
    });
  await announce(world, project, mr, actor, wanted);
  return mr;
}

/** GitLab keeps the head of every merge request, also when its branch is gone. */
export async function keepHead(world: World, project: Project, mr: MergeRequest): Promise<void> {
  const repo = world.repo(project);
  const ref = `refs/merge-requests/${String(mr.iid)}/head`;
  const before = await repo.refHead(ref);
  if (before !== mr.sha) await repo.refs.move(ref, mr.sha, before ?? '0'.repeat(40));
}
