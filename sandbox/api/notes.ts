import { comment, editComment } from '../acts/comment.ts';
import { findThread } from '../acts/notes.ts';
import type { AnyThread } from '../acts/notes.ts';
import type { Note } from '../model-threads.ts';
import { flag, must, oneOf, required, text, time } from '../params.ts';
import type { Ability } from '../permissions.ts';
import { discussionEntity, discussionsOf, noteEntity } from '../present/threads.ts';
import { forbidden, notFound } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { Answer } from './call.ts';
import { issueOf, visible } from './issues.ts';
import { page } from './paging.ts';

export const kinds: readonly { path: string; on: AnyThread['on']; ability: Ability }[] = [
  { path: '/issues/:noteable_id', on: 'issue', ability: 'read_issue' },
  { path: '/merge_requests/:noteable_id', on: 'merge_request', ability: 'read_merge_request' },
];

export function threadOf(call: ProjectCall, on: AnyThread['on'], name = 'noteable_id'): AnyThread {
  if (on === 'issue') return issueOf(call, name);
  const found = findThread(call.project, on, call.number(name));
  if (found === undefined || (found.on === 'issue' && !visible(call, found))) throw notFound();
  return found;
}

/** Notes the caller may see: internal ones are for members. */
const shown = (call: ProjectCall, thread: AnyThread) =>
  call.may('read_confidential_issue')
    ? thread.notes
    : thread.notes.filter((note) => !note.internal);

export function noteOf(call: ProjectCall, thread: AnyThread): Note {
  const id = call.number('note_id');
  const found = shown(call, thread).find((note) => note.id === id);
  if (!found) throw notFound();
  return found;
}

function needToEdit(call: ProjectCall, note: Note): void {
  if (note.system) throw forbidden();
  if (note.authorId !== call.user.id && !call.may('admin_note')) throw forbidden();
}

async function write(
  call: ProjectCall,
  thread: AnyThread,
  more: { discussion?: string; threaded?: boolean },
) {
  const { world, project, params, actor } = call;
  const body = must(params, 'body');
  if (thread.locked && call.level === 0) throw forbidden();
  const { note, summary } = await comment(world, project, thread, actor, {
    body,
    internal: flag(params, 'internal') ?? flag(params, 'confidential') ?? false,
    createdAt: call.level >= 50 ? time(params, 'created_at') : undefined,
    ...more,
  });
  // A comment of quick actions alone is carried out and leaves nothing behind.
  return note ?? new Answer(202, { commands_changes: {}, summary });
}

export function noteRoutes(router: Router): void {
  for (const { path, on, ability } of kinds) {
    const show = (call: ProjectCall, thread: AnyThread, note: Note) =>
      noteEntity(call.world, call.project, thread, note);

    router.project('GET', `${path}/notes`, ability, (call) => {
      const { params } = call;
      const thread = threadOf(call, on);
      const kind =
        oneOf(params, 'activity_filter', ['all_notes', 'only_comments', 'only_activity']) ??
        'all_notes';
      const key = oneOf(params, 'order_by', ['created_at', 'updated_at']) ?? 'created_at';
      const sign = (oneOf(params, 'sort', ['asc', 'desc']) ?? 'desc') === 'asc' ? 1 : -1;
      const at = (note: Note) => (key === 'created_at' ? note.createdAt : note.updatedAt);
      const found = shown(call, thread)
        .filter((note) => kind === 'all_notes' || note.system === (kind === 'only_activity'))
        .toSorted((a, b) => (at(a) - at(b) || a.id - b.id) * sign);
      return page(found, (note) => show(call, thread, note));
    });
    router.project('POST', `${path}/notes`, 'create_note', async (call) => {
      call.need(ability);
      const thread = threadOf(call, on);
      const made = await write(call, thread, {});
      return made instanceof Answer ? made : show(call, thread, made);
    });
    router.project('GET', `${path}/notes/:note_id`, ability, (call) => {
      const thread = threadOf(call, on);
      return show(call, thread, noteOf(call, thread));
    });

    const edit = async (call: ProjectCall) => {
      const thread = threadOf(call, on);
      const note = noteOf(call, thread);
      const { world, project, actor, params } = call;
      const resolved = flag(params, 'resolved');
      if (resolved === undefined) required(params, 'body');
      const body = text(params, 'body');
      if (body !== undefined) {
        needToEdit(call, note);
        await editComment(world, project, thread, actor, note, body);
      }
      if (resolved !== undefined) resolve(call, [note], resolved);
      return show(call, thread, note);
    };
    const remove = (call: ProjectCall) => {
      const thread = threadOf(call, on);
      const note = noteOf(call, thread);
      needToEdit(call, note);
      thread.notes = thread.notes.filter((each) => each !== note);
      thread.updatedAt = call.world.clock.now();
      call.world.changed();
      return undefined;
    };
    router.project('PUT', `${path}/notes/:note_id`, 'create_note', edit);
    router.project('DELETE', `${path}/notes/:note_id`, 'create_note', remove);

    const discussion = (call: ProjectCall) => {
      const thread = threadOf(call, on);
      const id = call.part('discussion_id');
      const found = discussionsOf(shown(call, thread)).find((each) => each.id === id);
      if (!found) throw notFound('Discussion');
      return { thread, found };
    };
    const whole = (call: ProjectCall, thread: AnyThread, found: { id: string; notes: Note[] }) =>
      discussionEntity(call.world, call.project, thread, found);
    router.project('GET', `${path}/discussions`, ability, (call) => {
      const thread = threadOf(call, on);
      return page(discussionsOf(shown(call, thread)), (each) => whole(call, thread, each));
    });
    router.project('GET', `${path}/discussions/:discussion_id`, ability, (call) => {
      const { thread, found } = discussion(call);
      return whole(call, thread, found);
    });
    router.project('POST', `${path}/discussions`, 'create_note', async (call) => {
      call.need(ability);
      const thread = threadOf(call, on);
      const made = await write(call, thread, { threaded: true });
      if (made instanceof Answer) return made;
      return whole(call, thread, { id: made.discussion, notes: [made] });
    });
    router.project(
      'POST',
      `${path}/discussions/:discussion_id/notes`,
      'create_note',
      async (call) => {
        call.need(ability);
        const { thread, found } = discussion(call);
        const made = await write(call, thread, { discussion: found.id });
        return made instanceof Answer ? made : show(call, thread, made);
      },
    );
    router.project('PUT', `${path}/discussions/:discussion_id/notes/:note_id`, 'create_note', edit);
    router.project(
      'DELETE',
      `${path}/discussions/:discussion_id/notes/:note_id`,
      'create_note',
      remove,
    );
    if (on === 'issue') continue;
    router.project('PUT', `${path}/discussions/:discussion_id`, 'create_note', (call) => {
      const { thread, found } = discussion(call);
      required(call.params, 'resolved');
      resolve(call, found.notes, flag(call.params, 'resolved') ?? false);
      return whole(call, thread, found);
    });
  }
}

function resolve(call: ProjectCall, notes: readonly Note[], resolved: boolean): void {
  if (!call.may('update_merge_request')) throw forbidden();
  const by = { userId: call.user.id, at: call.world.clock.now() };
  for (const note of notes) if (note.threaded) note.resolved = resolved ? by : undefined;
  call.world.changed();
}
