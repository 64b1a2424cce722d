import type { Issue, Note, Thread } from '../model-threads.ts';
import { pathOf } from '../model.ts';
import type { Label, Project } from '../model.ts';
import { iso, isoOrNull, projectOf, webUrl } from '../world.ts';
import type { World } from '../world.ts';
import { basicOf } from './people.ts';
import { labelBasic } from './project.ts';

export const labelsOf = (project: Project, thread: Thread): Label[] =>
  thread.labelIds
    .flatMap((id) => project.labels[id] ?? [])
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));

const isIssue = (thread: Thread): thread is Issue => 'confidential' in thread;

/** Address of the page of an issue or a merge request. */
export const threadUrl = (world: World, thread: Thread) => {
  const kind = isIssue(thread) ? 'work_items' : 'merge_requests';
  return `${webUrl(world, projectOf(world, thread.projectId))}/-/${kind}/${String(thread.iid)}`;
};

const votes = (thread: Thread, name: string) => thread.awards.filter((a) => a.name === name).length;

/** How many ticked and unticked boxes a description holds. */
function tasksOf(text: string | null) {
  const boxes = [...(text ?? '').matchAll(/^\s*(?:[-*+]|\d+\.)\s+\[([ xX~])\]/gm)];
  return {
    count: boxes.length,
    completed_count: boxes.filter((box) => /x/i.test(box[1] ?? '')).length,
  };
}

export const people = (world: World, ids: readonly number[]) =>
  ids.flatMap((id) => basicOf(world, id) ?? []);

/** The fields issues and merge requests have in common. */
export function threadEntity(world: World, project: Project, thread: Thread, details: boolean) {
  const labels = labelsOf(project, thread);
  const mark = isIssue(thread) ? '#' : '!';
  const assignees = people(world, thread.assigneeIds);
  return {
    id: thread.id,
    iid: thread.iid,
    project_id: project.id,
    title: thread.title,
    description: thread.description,
    state: thread.state,
    created_at: iso(thread.createdAt),
    updated_at: iso(thread.updatedAt),
    closed_at: thread.state === 'closed' ? isoOrNull(thread.closedAt) : null,
    closed_by: thread.state === 'closed' ? basicOf(world, thread.closedBy) : null,
    labels: details ? labels.map(labelBasic) : labels.map((label) => label.name),
    milestone: null,
    assignees,
    author: basicOf(world, thread.authorId),
    assignee: assignees[0] ?? null,
    user_notes_count: thread.notes.filter((note) => !note.system).length,
    upvotes: votes(thread, 'thumbsup'),
    downvotes: votes(thread, 'thumbsdown'),
    discussion_locked: thread.locked || null,
    imported: false,
    imported_from: 'none',
    web_url: threadUrl(world, thread),
    references: {
      short: `${mark}${String(thread.iid)}`,
      relative: `${mark}${String(thread.iid)}`,
      full: `${pathOf(project)}${mark}${String(thread.iid)}`,
    },
    time_stats: {
      time_estimate: 0,
      total_time_spent: 0,
      human_time_estimate: null,
      human_total_time_spent: null,
    },
    task_completion_status: tasksOf(thread.description),
  };
}

export function issueEntity(world: World, project: Project, issue: Issue, details = false) {
  const api = `${world.url}/api/v4/projects/${String(project.id)}`;
  const self = `${api}/issues/${String(issue.iid)}`;
  const tasks = tasksOf(issue.description);
  return {
    ...threadEntity(world, project, issue, details),
    type: issue.type.toUpperCase(),
    issue_type: issue.type,
    due_date: issue.dueDate ?? null,
    start_date: null,
    confidential: issue.confidential,
    merge_requests_count: 0,
    has_tasks: tasks.count > 0,
    task_status: `${String(tasks.completed_count)} of ${String(tasks.count)} checklist items completed`,
    severity: 'UNKNOWN',
    subscribed: false,
    moved_to_id: null,
    service_desk_reply_to: null,
    _links: {
      self,
      notes: `${self}/notes`,
      award_emoji: `${self}/award_emoji`,
      project: api,
      closed_as_duplicate_of: null,
    },
  };
}

export const noteEntity = (world: World, project: Project, thread: Thread, note: Note) => ({
  id: note.id,
  type: note.threaded ? 'DiscussionNote' : null,
  body: note.body,
  author: basicOf(world, note.authorId),
  created_at: iso(note.createdAt),
  updated_at: iso(note.updatedAt),
  system: note.system,
  noteable_id: thread.id,
  noteable_type: isIssue(thread) ? 'Issue' : 'MergeRequest',
  project_id: project.id,
  resolvable: note.threaded && !isIssue(thread),
  ...(note.threaded &&
    !isIssue(thread) && {
      resolved: note.resolved !== undefined,
      resolved_by: basicOf(world, note.resolved?.userId),
      resolved_at: isoOrNull(note.resolved?.at),
    }),
  confidential: note.internal,
  internal: note.internal,
  imported: false,
  imported_from: 'none',
  noteable_iid: thread.iid,
  commands_changes: {},
});

export interface Discussion {
  id: string;
  notes: Note[];
}

/** Notes gathered by discussion, in the order in which the discussions began. */
export function discussionsOf(notes: readonly Note[]): Discussion[] {
  const found = new Map<string, Note[]>();
  for (const note of notes) {
    const known = found.get(note.discussion);
    if (known) known.push(note);
    else found.set(note.discussion, [note]);
  }
  return [...found].map(([id, all]) => ({ id, notes: all }));
}

export const discussionEntity = (
  world: World,
  project: Project,
  thread: Thread,
  { id, notes }: Discussion,
) => ({
  id,
  individual_note: notes[0]?.threaded !== true,
  notes: notes.map((note) => noteEntity(world, project, thread, note)),
});

export const awardEntity = (
  world: World,
  award: { id: number; name: string; userId: number; at: number },
  on: { id: number; type: 'Issue' | 'MergeRequest' | 'Note' },
) => ({
  id: award.id,
  name: award.name,
  user: basicOf(world, award.userId),
  created_at: iso(award.at),
  updated_at: iso(award.at),
  awardable_id: on.id,
  awardable_type: on.type,
  url: null,
});
