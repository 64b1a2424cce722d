import { emit } from '../hooks/emit.ts';
import type { Award, Note } from '../model-threads.ts';
import type { Project, User } from '../model.ts';
import {
  issueAttributes,
  mergeRequestAttributes,
  noteAttributes,
  stamp,
} from '../present/hooks.ts';
import { hookUser } from '../present/people.ts';
import { hookProject } from '../present/project.ts';
import { threadUrl } from '../present/threads.ts';
import { bad, notFound } from '../refusal.ts';
import type { World } from '../world.ts';
import type { AnyThread } from './notes.ts';

const typeOf = (thread: AnyThread, on: AnyThread | Note) =>
  on === thread ? (thread.on === 'issue' ? 'Issue' : 'MergeRequest') : 'Note';

function tell(
  world: World,
  project: Project,
  thread: AnyThread,
  on: AnyThread | Note,
  user: User,
  award: Award,
  action: 'award' | 'revoke',
): void {
  const note = on === thread ? undefined : (on as Note);
  const mark = note ? `#note_${String(note.id)}` : '';
  emit(world, project, 'emoji_events', () => ({
    object_kind: 'emoji',
    event_type: action,
    user: hookUser(user),
    project_id: project.id,
    project: hookProject(world, project),
    object_attributes: {
      user_id: user.id,
      created_at: stamp(award.at),
      id: award.id,
      name: award.name,
      awardable_type: typeOf(thread, on),
      awardable_id: on.id,
      updated_at: stamp(award.at),
      action,
      awarded_on_url: `${threadUrl(world, thread)}${mark}`,
    },
    ...(note && { note: noteAttributes(world, thread, note) }),
    ...(thread.on === 'issue'
      ? { issue: issueAttributes(world, project, thread) }
      : { merge_request: mergeRequestAttributes(world, project, thread, undefined) }),
  }));
}

/** Puts an emoji on a thread or a note. Throws 404 with GitLab's words when it is there already. */
export function award(
  world: World,
  project: Project,
  thread: AnyThread,
  on: AnyThread | Note,
  user: User,
  name: string,
): Award {
  if (!/^[a-z0-9_+-]+$/i.test(name))
    throw bad('400 Bad request - Award Emoji Name is not a valid emoji name');
  if (on.awards.some((each) => each.userId === user.id && each.name === name))
    throw notFound('Award Emoji Name has already been taken');
  const made = { id: world.next('award'), name, userId: user.id, at: world.clock.now() };
  on.awards.push(made);
  world.changed();
  tell(world, project, thread, on, user, made, 'award');
  return made;
}

export function revoke(
  world: World,
  project: Project,
  thread: AnyThread,
  on: AnyThread | Note,
  user: User,
  id: number,
): void {
  const found = on.awards.find((each) => each.id === id);
  if (!found) throw notFound();
  if (found.userId !== user.id && !user.admin) throw notFound();
  on.awards = on.awards.filter((each) => each !== found);
  world.changed();
  tell(world, project, thread, on, user, found, 'revoke');
}
