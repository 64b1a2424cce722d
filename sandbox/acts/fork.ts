import type { Project, User } from '../model.ts';
import { conflict } from '../refusal.ts';
import { findProject } from '../world.ts';
import type { World } from '../world.ts';
import { newProject } from '../seed.ts';

/** A copy of a project in the namespace of `user`, who owns it. */
export async function forkProject(
  world: World,
  origin: Project,
  user: User,
  path = origin.path,
): Promise<Project> {
  if (findProject(world, `${user.username}/${path}`))
    throw conflict({ path: ['has already been taken'], name: ['has already been taken'] });
  const fork = newProject(world, {
    name: origin.name,
    path,
    namespace: { id: world.next('namespace'), name: user.name, path: user.username, kind: 'user' },
    owner: user,
    defaultBranch: origin.defaultBranch,
  });
  fork.forkedFrom = origin.id;
  fork.visibility = origin.visibility;
  const { folder } = world.repo(fork);
  await world.git.text([
    'clone',
    '--quiet',
    '--bare',
    '--no-hardlinks',
    world.repo(origin).folder,
    folder,
  ]);
  world.changed();
  return fork;
}
