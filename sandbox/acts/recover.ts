import type { Project } from '../model.ts';
import type { World } from '../world.ts';
import { keepHead } from './create.ts';
import { diffOfHeads } from './mergeability.ts';

/**
 * Brings a state that was read from disk up to what the repositories hold: after a hard end they may be a moment ahead.
 * Pipelines that ran then are cut off.
 */
export async function recover(world: World): Promise<void> {
  for (const project of Object.values(world.state.projects)) {
    endPipelines(world, project);
    for (const mr of Object.values(project.mergeRequests)) {
      mr.checked = undefined;
      if (mr.state !== 'opened' || mr.sourceProjectId !== project.id) continue;
      const head = await world.repo(project).head(mr.sourceBranch);
      if (head === undefined || head === mr.sha) continue;
      mr.sha = head;
      mr.diff = await diffOfHeads(world, project, head, mr.targetBranch);
      await keepHead(world, project, mr);
    }
  }
  world.changed();
}

function endPipelines(world: World, project: Project): void {
  const running = ['created', 'pending', 'running'];
  const now = world.clock.now();
  for (const each of [...Object.values(project.pipelines), ...Object.values(project.jobs)]) {
    if (!running.includes(each.status)) continue;
    each.status = 'canceled';
    each.finishedAt = now;
  }
}
