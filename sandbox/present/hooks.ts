import type { Commit } from '../git/objects.ts';
import type { Issue, MergeRequest, Note, Thread } from '../model-threads.ts';
import type { Label, Project, User } from '../model.ts';
import { isoOrNull, projectOf, webUrl } from '../world.ts';
import type { World } from '../world.ts';
import { mergeStatusOf } from './merge-request.ts';
import { hookUser } from './people.ts';
import { hookProject, hookRepository } from './project.ts';
import { labelsOf, threadUrl } from './threads.ts';

/** Times in webhooks look like `2015-05-17 18:21:36 UTC`. */
export const stamp = (ms: number | undefined) =>
  ms === undefined ? null : `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

export const hookLabel = (project: Project, label: Label) => ({
  id: label.id,
  title: label.name,
  color: label.color,
  project_id: project.id,
  created_at: stamp(project.createdAt),
  updated_at: stamp(project.createdAt),
  template: false,
  description: label.description,
  type: 'ProjectLabel',
  group_id: null,
});

export const hookLabels = (project: Project, ids: readonly number[]) =>
  ids.flatMap((id) => {
    const label = project.labels[id];
    return label === undefined ? [] : [hookLabel(project, label)];
  });

const stateIds = { opened: 1, closed: 2, merged: 3, locked: 4 };

const threadAttributes = (world: World, project: Project, thread: Thread) => ({
  id: thread.id,
  iid: thread.iid,
  title: thread.title,
  description: thread.description,
  assignee_ids: thread.assigneeIds,
  assignee_id: thread.assigneeIds[0] ?? null,
  author_id: thread.authorId,
  created_at: stamp(thread.createdAt),
  updated_at: stamp(thread.updatedAt),
  updated_by_id: thread.editedBy ?? null,
  last_edited_at: stamp(thread.editedAt),
  last_edited_by_id: thread.editedBy ?? null,
  milestone_id: null,
  state: thread.state,
  state_id: stateIds[thread.state],
  total_time_spent: 0,
  time_estimate: 0,
  time_change: 0,
  human_total_time_spent: null,
  human_time_change: null,
  human_time_estimate: null,
  labels: labelsOf(project, thread).map((label) => hookLabel(project, label)),
  url: threadUrl(world, thread),
});

export const issueAttributes = (world: World, project: Project, issue: Issue) => ({
  ...threadAttributes(world, project, issue),
  project_id: project.id,
  closed_at: stamp(issue.closedAt),
  confidential: issue.confidential,
  discussion_locked: issue.locked || null,
  due_date: issue.dueDate ?? null,
  moved_to_id: null,
  duplicated_to_id: null,
  relative_position: issue.iid * 513,
  severity: 'unknown',
  type: issue.type,
});

export const hookCommit = (world: World, project: Project, commit: Commit) => ({
  id: commit.sha,
  message: commit.message,
  title: commit.message.split('\n')[0] ?? '',
  timestamp: isoOrNull(commit.author.at),
  url: `${webUrl(world, project)}/-/commit/${commit.sha}`,
  author: { name: commit.author.name, email: commit.author.email },
});

export function mergeRequestAttributes(
  world: World,
  project: Project,
  mr: MergeRequest,
  last: Commit | undefined,
) {
  const source = world.state.projects[mr.sourceProjectId];
  return {
    ...threadAttributes(world, project, mr),
    target_branch: mr.targetBranch,
    source_branch: mr.sourceBranch,
    source_project_id: mr.sourceProjectId,
    target_project_id: project.id,
    reviewer_ids: mr.reviewers.map((reviewer) => reviewer.userId),
    blocking_discussions_resolved: true,
    work_in_progress: mr.draft,
    draft: mr.draft,
    first_contribution: false,
    merge_status: mr.checked === undefined ? 'checking' : 'can_be_merged',
    detailed_merge_status: mergeStatusOf(project, mr),
    merge_commit_sha: mr.mergeSha ?? null,
    merge_user_id: mr.mergedBy ?? null,
    merge_error: null,
    merge_params: { force_remove_source_branch: mr.removeSource },
    merge_when_pipeline_succeeds: false,
    head_pipeline_id: mr.headPipeline ?? null,
    source: source ? hookProject(world, source) : null,
    target: hookProject(world, project),
    last_commit: last ? hookCommit(world, project, last) : null,
  };
}

const peopleOf = (world: World, ids: readonly number[]) =>
  ids.flatMap((id) => {
    const user = world.state.users[id];
    return user === undefined ? [] : [hookUser(user)];
  });

/** What an event on an issue or merge request says, but for its `object_attributes`. */
export function threadBody(world: World, project: Project, thread: Thread, user: User) {
  const people = peopleOf(world, thread.assigneeIds);
  return {
    user: hookUser(user),
    project: hookProject(world, project),
    labels: labelsOf(project, thread).map((label) => hookLabel(project, label)),
    repository: hookRepository(world, project),
    ...(people.length > 0 && { assignees: people }),
  };
}

export const reviewersBody = (world: World, mr: MergeRequest) => {
  const reviewers = peopleOf(
    world,
    mr.reviewers.map((reviewer) => reviewer.userId),
  );
  return reviewers.length > 0 ? { reviewers } : {};
};

/** A note, with what it was written on. */
export function noteBody(
  world: World,
  user: User,
  thread: Issue | MergeRequest,
  note: Note,
  action: 'create' | 'update',
  last: Commit | undefined,
) {
  const project = projectOf(world, thread.projectId);
  const on =
    thread.on === 'issue'
      ? { issue: issueAttributes(world, project, thread) }
      : { merge_request: mergeRequestAttributes(world, project, thread, last) };
  const internal = note.internal || (thread.on === 'issue' && thread.confidential);
  return {
    object_kind: 'note',
    event_type: internal ? 'confidential_note' : 'note',
    user: hookUser(user),
    project_id: project.id,
    project: hookProject(world, project),
    object_attributes: { ...noteAttributes(world, thread, note), action },
    repository: hookRepository(world, project),
    ...on,
  };
}

export const noteAttributes = (world: World, thread: Issue | MergeRequest, note: Note) => ({
  attachment: null,
  author_id: note.authorId,
  change_position: null,
  commit_id: null,
  created_at: stamp(note.createdAt),
  discussion_id: note.discussion,
  id: note.id,
  internal: note.internal,
  line_code: null,
  note: note.body,
  noteable_id: thread.id,
  noteable_type: thread.on === 'issue' ? 'Issue' : 'MergeRequest',
  original_position: null,
  position: null,
  project_id: thread.projectId,
  resolved_at: stamp(note.resolved?.at),
  resolved_by_id: note.resolved?.userId ?? null,
  resolved_by_push: null,
  st_diff: null,
  system: note.system,
  type: note.threaded ? 'DiscussionNote' : null,
  updated_at: stamp(note.updatedAt),
  updated_by_id: note.editedBy ?? null,
  description: note.body,
  url: `${threadUrl(world, thread)}#note_${String(note.id)}`,
});
