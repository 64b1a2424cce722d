import type { MergeRequest } from '../model-threads.ts';
import type { Project, User } from '../model.ts';
import { stamp } from '../present/hooks.ts';
import type { World } from '../world.ts';
import { changeThread } from './change.ts';
import { actorOf, lastCommit } from './notes.ts';
import { tellThread } from './tell.ts';
import { closedIn } from './text.ts';

/** The merge request is merged from now on; the issues its description closes are closed. */
export async function markMerged(
  world: World,
  project: Project,
  mr: MergeRequest,
  user: User,
  made: { merge?: string; squash?: string },
): Promise<void> {
  const now = world.clock.now();
  const before = mr.updatedAt;
  mr.state = 'merged';
  mr.mergedAt = now;
  mr.mergedBy = user.id;
  mr.updatedAt = now;
  mr.mergeSha = made.merge;
  mr.squashSha = made.squash;
  mr.stateEvents.push({ id: world.next('state event'), userId: user.id, at: now, state: 'merged' });
  world.changed();
  const changes = {
    state_id: { previous: 1, current: 3 },
    updated_at: { previous: stamp(before), current: stamp(now) },
  };
  tellThread(world, project, mr, user, 'merge', changes, await lastCommit(world, mr));
  const closes = project.settings.autoclose_referenced_issues !== false;
  if (!closes || mr.targetBranch !== project.defaultBranch) return;
  for (const iid of closedIn(mr.description ?? '')) {
    const issue = project.issues[iid];
    if (issue?.state === 'opened')
      await changeThread(world, project, issue, actorOf(world, project, user.id), {
        state: 'close',
      });
  }
}
