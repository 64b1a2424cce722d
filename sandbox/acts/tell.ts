import type { Commit } from '../git/objects.ts';
import { emit } from '../hooks/emit.ts';
import type { Project, User } from '../model.ts';
import {
  issueAttributes,
  mergeRequestAttributes,
  reviewersBody,
  threadBody,
} from '../present/hooks.ts';
import type { World } from '../world.ts';
import type { AnyThread } from './notes.ts';

/** Field by field what was and what is. */
export type Changes = Record<string, { previous: unknown; current: unknown }>;

/** Tells the project's webhooks what was done to an issue or a merge request. */
export function tellThread(
  world: World,
  project: Project,
  thread: AnyThread,
  user: User,
  action: string,
  changes: Changes,
  last: Commit | undefined,
  more: object = {},
): void {
  const body = () => threadBody(world, project, thread, user);
  if (thread.on === 'issue') {
    const secret = thread.confidential;
    emit(world, project, secret ? 'confidential_issues_events' : 'issues_events', () => ({
      object_kind: 'issue',
      event_type: secret ? 'confidential_issue' : 'issue',
      ...body(),
      object_attributes: { ...issueAttributes(world, project, thread), action, ...more },
      changes,
    }));
    return;
  }
  emit(world, project, 'merge_requests_events', () => ({
    object_kind: 'merge_request',
    event_type: 'merge_request',
    ...body(),
    object_attributes: { ...mergeRequestAttributes(world, project, thread, last), action, ...more },
    changes,
    ...reviewersBody(world, thread),
  }));
}
