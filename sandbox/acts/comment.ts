import type { Note } from '../model-threads.ts';
import type { Project } from '../model.ts';
import { invalid, unsavable } from '../refusal.ts';
import type { World } from '../world.ts';
import { carryOut } from './commands.ts';
import { crossReference, notifyMentioned, putNote, tellNote } from './notes.ts';
import type { Actor, AnyThread } from './notes.ts';
import { takeCommands } from './text.ts';

export interface NewComment {
  body: string;
  internal?: boolean;
  /** Answers in this discussion, which becomes a thread. */
  discussion?: string;
  /** Begins a thread. */
  threaded?: boolean;
  createdAt?: number | undefined;
}

/** Longest text GitLab takes. */
const longest = 1_000_000;

function checked(body: string): string {
  if (body.trim() === '') throw unsavable('Note', 'note', "can't be blank");
  if (body.length > longest)
    throw unsavable('Note', 'note', `is too long (maximum is ${String(longest)} characters)`);
  return body;
}

/**
 * Writes a comment. Its quick actions are carried out first and are not in what is kept; a comment of nothing else
 * leaves no note, only the summary of what was done.
 */
export async function comment(
  world: World,
  project: Project,
  thread: AnyThread,
  actor: Actor,
  wanted: NewComment,
): Promise<{ note?: Note; summary: string[] }> {
  const { text, commands } = takeCommands(checked(wanted.body));
  const summary = await carryOut(world, project, thread, actor, commands);
  if (text === '') return { summary };
  const { discussion, internal = false, threaded = false } = wanted;
  const beginning = thread.notes.filter((note) => note.discussion === discussion);
  if (discussion !== undefined) for (const note of beginning) note.threaded = true;
  const note = putNote(world, thread, {
    authorId: actor.user.id,
    body: text,
    internal: internal || beginning.some((each) => each.internal),
    threaded: threaded || discussion !== undefined,
    ...(discussion !== undefined && { discussion }),
    ...(wanted.createdAt !== undefined && {
      createdAt: wanted.createdAt,
      updatedAt: wanted.createdAt,
    }),
  });
  notifyMentioned(world, actor.user.id, thread, text, '', note.id);
  crossReference(world, project, actor.user.id, text, thread);
  await tellNote(world, actor.user, thread, note, 'create');
  return { note, summary };
}

/** Changes the words of a note; its author stays who wrote it first. */
export async function editComment(
  world: World,
  project: Project,
  thread: AnyThread,
  actor: Actor,
  note: Note,
  body: string,
): Promise<void> {
  const { text, commands } = takeCommands(checked(body));
  await carryOut(world, project, thread, actor, commands);
  if (text === '') throw invalid('note is empty');
  if (text === note.body) return;
  const before = note.body;
  note.body = text;
  note.updatedAt = world.clock.now();
  note.editedBy = actor.user.id;
  thread.updatedAt = Math.max(thread.updatedAt, note.updatedAt);
  world.changed();
  notifyMentioned(world, actor.user.id, thread, text, before, note.id);
  crossReference(world, project, actor.user.id, text, thread);
  await tellNote(world, actor.user, thread, note, 'update');
}
