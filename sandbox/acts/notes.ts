import { emit } from '../hooks/emit.ts';
import type { Issue, MergeRequest, Note } from '../model-threads.ts';
import type { Project, User } from '../model.ts';
import { levelOf } from '../permissions.ts';
import { noteBody } from '../present/hooks.ts';
import { findUser, projectOf, userOf } from '../world.ts';
import type { World } from '../world.ts';
import { mentionsIn, referencesIn } from './text.ts';

export type AnyThread = Issue | MergeRequest;
/** Who does something, with their role in the project. */
export interface Actor {
  user: User;
  level: number;
}

export const actorOf = (world: World, project: Project, userId: number): Actor => {
  const user = userOf(world, userId);
  return { user, level: levelOf(project, user, world.clock.now()) };
};

type NewNote = Pick<Note, 'authorId' | 'body'> & Partial<Note>;

/** Puts a note on a thread; nobody is told. */
export function putNote(world: World, thread: AnyThread, wanted: NewNote): Note {
  const now = world.clock.now();
  const note: Note = {
    id: world.next('note'),
    discussion: world.random(20),
    threaded: false,
    system: false,
    internal: false,
    createdAt: now,
    updatedAt: now,
    awards: [],
    ...wanted,
  };
  thread.notes.push(note);
  thread.updatedAt = Math.max(thread.updatedAt, now);
  world.changed();
  return note;
}

export const systemNote = (world: World, thread: AnyThread, authorId: number, body: string): Note =>
  putNote(world, thread, { authorId, body, system: true });

/** The head commit of a merge request, for what webhooks say of it. */
export async function lastCommit(world: World, thread: AnyThread) {
  if (thread.on === 'issue') return undefined;
  try {
    return await world.repo(projectOf(world, thread.projectId)).commit(thread.sha);
  } catch {
    return undefined;
  }
}

export async function tellNote(
  world: World,
  user: User,
  thread: AnyThread,
  note: Note,
  action: 'create' | 'update',
): Promise<void> {
  const project = projectOf(world, thread.projectId);
  const last = await lastCommit(world, thread);
  const secret = note.internal || (thread.on === 'issue' && thread.confidential);
  emit(world, project, secret ? 'confidential_note_events' : 'note_events', () =>
    noteBody(world, user, thread, note, action, last),
  );
}

export function findThread(
  project: Project,
  on: AnyThread['on'],
  iid: number,
): AnyThread | undefined {
  return on === 'issue' ? project.issues[iid] : project.mergeRequests[iid];
}

const nameOf = (thread: AnyThread) =>
  thread.on === 'issue' ? `issue #${String(thread.iid)}` : `merge request !${String(thread.iid)}`;

/** Leaves a system note on every issue and merge request that `text` names, once for each place. */
export function crossReference(
  world: World,
  project: Project,
  userId: number,
  text: string,
  from: AnyThread | string,
): void {
  const where = typeof from === 'string' ? `commit ${from}` : nameOf(from);
  const body = `mentioned in ${where}`;
  for (const { on, iid } of referencesIn(text)) {
    const target = findThread(project, on, iid);
    if (target === undefined || target === from) continue;
    if (target.notes.some((note) => note.system && note.body === body)) continue;
    systemNote(world, target, userId, body);
  }
}

/** Those whom `text` mentions and who may read the thread find it in their to-do list. */
export function notifyMentioned(
  world: World,
  authorId: number,
  thread: AnyThread,
  text: string,
  before = '',
  noteId?: number,
): void {
  const project = projectOf(world, thread.projectId);
  const old = new Set(mentionsIn(before));
  for (const name of mentionsIn(text)) {
    const user = old.has(name) ? undefined : findUser(world, name);
    if (user === undefined || levelOf(project, user, world.clock.now()) === 0) continue;
    addTodo(world, thread, { userId: user.id, authorId, action: 'mentioned', body: text, noteId });
  }
}

export function addTodo(
  world: World,
  thread: AnyThread,
  todo: {
    userId: number;
    authorId: number;
    action: 'mentioned' | 'assigned' | 'review_requested';
    body: string;
    noteId?: number | undefined;
  },
): void {
  const { todos } = world.state;
  if (todos.length >= 2000) todos.shift();
  todos.push({
    id: world.next('todo'),
    projectId: thread.projectId,
    on: thread.on,
    iid: thread.iid,
    at: world.clock.now(),
    ...todo,
  });
}
