import type { MergeRequest } from '../model-threads.ts';
import type { Project } from '../model.ts';
import { hookLabels, stamp } from '../present/hooks.ts';
import { conflict, unsavable } from '../refusal.ts';
import { userOf } from '../world.ts';
import type { World } from '../world.ts';
import { wishedLabels, setLabels } from './labels.ts';
import type { LabelWish } from './labels.ts';
import { addTodo, crossReference, lastCommit, notifyMentioned, systemNote } from './notes.ts';
import type { Actor, AnyThread } from './notes.ts';
import { tellThread } from './tell.ts';
import type { Changes } from './tell.ts';
import { isDraftTitle, withoutDraft } from './text.ts';

/** What shall be different about an issue or a merge request; all of it or nothing. */
export interface Change {
  title?: string | undefined;
  description?: string | undefined;
  labels?: LabelWish | undefined;
  assignees?: readonly number[] | undefined;
  reviewers?: readonly number[] | undefined;
  state?: 'close' | 'reopen' | undefined;
  locked?: boolean | undefined;
  confidential?: boolean | undefined;
  dueDate?: string | undefined;
  targetBranch?: string | undefined;
  squash?: boolean | undefined;
  removeSource?: boolean | undefined;
}

/** The open merge request that stands in the way of another one between the same branches. */
export const rivalOf = (
  project: Project,
  mr: Pick<MergeRequest, 'sourceBranch' | 'targetBranch' | 'sourceProjectId'>,
) =>
  Object.values(project.mergeRequests).find(
    (each) =>
      each !== mr &&
      each.state === 'opened' &&
      each.sourceBranch === mr.sourceBranch &&
      each.targetBranch === mr.targetBranch &&
      each.sourceProjectId === mr.sourceProjectId,
  );

export const rivalry = (rival: MergeRequest) =>
  conflict([
    `Another open merge request already exists for this source branch: !${String(rival.iid)}`,
  ]);

function check(project: Project, thread: AnyThread, change: Change): void {
  const model = thread.on === 'issue' ? 'Issue' : 'MergeRequest';
  if (change.title?.trim() === '') throw unsavable(model, 'title', "can't be blank");
  if ((change.title?.length ?? 0) > 255)
    throw unsavable(model, 'title', 'is too long (maximum is 255 characters)');
  if (thread.on === 'merge_request' && change.state === 'reopen' && thread.state === 'closed') {
    const rival = rivalOf(project, thread);
    if (rival) throw rivalry(rival);
  }
}

/** Carries out a change, with its system notes, events and webhooks. Nothing is told when nothing changed. */
export async function changeThread(
  world: World,
  project: Project,
  thread: AnyThread,
  { user }: Actor,
  change: Change,
): Promise<void> {
  check(project, thread, change);
  const last = await lastCommit(world, thread);
  const now = world.clock.now();
  const before = thread.updatedAt;
  const changes: Changes = {};
  words(world, project, thread, user.id, change, changes);
  people(world, thread, user.id, change, changes);
  flags(world, thread, user.id, change, changes);
  if (change.labels) {
    const old = thread.labelIds;
    const ids = wishedLabels(world, project, old, change.labels);
    if (setLabels(world, thread, ids, user.id, now))
      changes.labels = {
        previous: hookLabels(project, old),
        current: hookLabels(project, ids),
      };
  }
  const state = changeState(world, thread, user.id, change);
  if (Object.keys(changes).length + Object.keys(state ?? {}).length === 0) return;
  thread.updatedAt = now;
  const updated = { updated_at: { previous: stamp(before), current: stamp(now) } };
  if (state && change.state)
    tellThread(world, project, thread, user, change.state, { ...updated, ...state }, last);
  if (Object.keys(changes).length > 0)
    tellThread(world, project, thread, user, 'update', { ...updated, ...changes }, last);
  world.changed();
}

function words(
  world: World,
  project: Project,
  thread: AnyThread,
  userId: number,
  change: Change,
  changes: Changes,
): void {
  const now = world.clock.now();
  const { title, description } = change;
  if (title !== undefined && title !== thread.title) {
    const old = thread.title;
    changes.title = { previous: old, current: title };
    thread.title = title;
    const bare = thread.on === 'issue' ? (t: string) => t : withoutDraft;
    if (thread.on === 'merge_request' && isDraftTitle(title) !== thread.draft) {
      changes.draft = { previous: thread.draft, current: !thread.draft };
      thread.draft = !thread.draft;
      const state = thread.draft ? 'draft' : 'ready';
      systemNote(world, thread, userId, `marked this merge request as **${state}**`);
    }
    if (bare(old) !== bare(title))
      systemNote(world, thread, userId, `changed title from **${old}** to **${title}**`);
  }
  if (description !== undefined && description !== (thread.description ?? '')) {
    changes.description = { previous: thread.description, current: description };
    notifyMentioned(world, userId, thread, description, thread.description ?? '');
    thread.description = description;
    crossReference(world, project, userId, description, thread);
    systemNote(world, thread, userId, 'changed the description');
    changes.last_edited_at = { previous: stamp(thread.editedAt), current: stamp(now) };
    changes.last_edited_by_id = { previous: thread.editedBy ?? null, current: userId };
    thread.editedAt = now;
    thread.editedBy = userId;
  }
}

const differ = (one: readonly number[], other: readonly number[]) =>
  one.length !== other.length || one.some((id) => !other.includes(id));

function people(
  world: World,
  thread: AnyThread,
  userId: number,
  change: Change,
  changes: Changes,
): void {
  const names = (ids: readonly number[]) =>
    ids.map((id) => `@${userOf(world, id).username}`).join(' and ');
  const tell = (ids: readonly number[], action: 'assigned' | 'review_requested') => {
    for (const id of ids)
      if (id !== userId)
        addTodo(world, thread, { userId: id, authorId: userId, action, body: thread.title });
  };
  const { assignees, reviewers } = change;
  if (assignees && differ(assignees, thread.assigneeIds)) {
    const gone = thread.assigneeIds.filter((id) => !assignees.includes(id));
    const come = assignees.filter((id) => !thread.assigneeIds.includes(id));
    changes.assignees = { previous: thread.assigneeIds, current: assignees };
    thread.assigneeIds = [...assignees];
    const said = [
      ...(come.length > 0 ? [`assigned to ${names(come)}`] : []),
      ...(gone.length > 0 ? [`unassigned ${names(gone)}`] : []),
    ];
    systemNote(world, thread, userId, said.join(' and '));
    tell(come, 'assigned');
  }
  if (thread.on !== 'merge_request' || !reviewers) return;
  const old = thread.reviewers.map((reviewer) => reviewer.userId);
  if (!differ(reviewers, old)) return;
  const come = reviewers.filter((id) => !old.includes(id));
  const gone = old.filter((id) => !reviewers.includes(id));
  changes.reviewers = { previous: old, current: reviewers };
  thread.reviewers = reviewers.map(
    (id) =>
      thread.reviewers.find((each) => each.userId === id) ?? {
        userId: id,
        state: 'unreviewed',
        at: world.clock.now(),
      },
  );
  const said = [
    ...(come.length > 0 ? [`requested review from ${names(come)}`] : []),
    ...(gone.length > 0 ? [`removed review request for ${names(gone)}`] : []),
  ];
  systemNote(world, thread, userId, said.join(' and '));
  tell(come, 'review_requested');
}

function flags(
  world: World,
  thread: AnyThread,
  userId: number,
  change: Change,
  changes: Changes,
): void {
  const set = <T>(key: string, previous: T, current: T | undefined, put: (value: T) => void) => {
    if (current === undefined || current === previous) return false;
    changes[key] = { previous, current };
    put(current);
    return true;
  };
  const say = (body: string) => systemNote(world, thread, userId, body);
  if (set('discussion_locked', thread.locked, change.locked, (v) => (thread.locked = v)))
    say(
      `${thread.locked ? 'locked' : 'unlocked'} the discussion in this ${thread.on.replace('_', ' ')}`,
    );
  set('due_date', thread.dueDate ?? '', change.dueDate, (v) => (thread.dueDate = v || undefined));
  if (thread.on === 'issue') {
    const put = (value: boolean) => (thread.confidential = value);
    if (set('confidential', thread.confidential, change.confidential, put))
      say(`made the issue ${thread.confidential ? 'confidential' : 'visible to everyone'}`);
    return;
  }
  const target = thread.targetBranch;
  if (set('target_branch', target, change.targetBranch, (v) => (thread.targetBranch = v))) {
    say(`changed target branch from \`${target}\` to \`${thread.targetBranch}\``);
    thread.checked = undefined;
  }
  set('squash', thread.squash, change.squash, (v) => (thread.squash = v));
  set('removal', thread.removeSource, change.removeSource, (v) => (thread.removeSource = v));
}

/** Closes or reopens; undefined when that changes nothing, as on a merged merge request. */
function changeState(
  world: World,
  thread: AnyThread,
  userId: number,
  { state }: Change,
): Changes | undefined {
  const from = state === 'close' ? 'opened' : 'closed';
  if (state === undefined || thread.state !== from) return undefined;
  const now = world.clock.now();
  const closed = {
    previous: stamp(thread.closedAt),
    current: state === 'close' ? stamp(now) : null,
  };
  thread.state = state === 'close' ? 'closed' : 'opened';
  thread.closedAt = state === 'close' ? now : undefined;
  thread.closedBy = state === 'close' ? userId : undefined;
  thread.stateEvents.push({
    id: world.next('state event'),
    userId,
    at: now,
    state: state === 'close' ? 'closed' : 'reopened',
  });
  const [previous, current] = state === 'close' ? [1, 2] : [2, 1];
  return { state_id: { previous, current }, closed_at: closed };
}
