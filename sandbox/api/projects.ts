import { forkProject } from '../acts/fork.ts';
import { flag, oneOf, text } from '../params.ts';
import { levelOf, may } from '../permissions.ts';
import { basicOf } from '../present/people.ts';
import { projectBasic, projectEntity } from '../present/project.ts';
import { bad, invalid } from '../refusal.ts';
import { iso } from '../world.ts';
import type { Router } from './call.ts';
import { Answer } from './call.ts';
import { page } from './paging.ts';

const choices: Readonly<Record<string, readonly string[]>> = {
  merge_method: ['ff', 'rebase_merge', 'merge'],
  squash_option: ['never', 'always', 'default_on', 'default_off'],
  visibility: ['private', 'internal', 'public'],
};
const access = ['disabled', 'private', 'enabled', 'public'];

/** A setting as it may be stored: of the kind it has now. */
function setting(params: Readonly<Record<string, unknown>>, name: string, now: unknown): unknown {
  const among = choices[name] ?? (name.endsWith('_access_level') ? access : undefined);
  if (among) return oneOf(params, name, among);
  if (typeof now === 'boolean') return flag(params, name) ?? now;
  if (typeof now === 'number') return Number(text(params, name));
  return params[name];
}

export function projectRoutes(router: Router): void {
  router.project('GET', '', 'read_project', ({ world, project, level }) =>
    projectEntity(world, project, level),
  );
  router.project('PUT', '', 'admin_project', async (call) => {
    const { world, project, params, level } = call;
    const { name, description, visibility, default_branch: branch, ...others } = params;
    const known = Object.keys(others).filter((key) => key in project.settings);
    const own = [name, description, visibility, branch].filter((value) => value !== undefined);
    if (known.length + own.length === 0) throw invalid('at least one parameter must be provided');
    const wanted = oneOf(params, 'visibility', ['private', 'internal', 'public'] as const);
    const head = text(params, 'default_branch');
    if (head !== undefined && (await world.repo(project).head(head)) === undefined)
      throw bad({ base: ['Could not change HEAD: branch does not exist'] });
    const values = known.map((key) => [key, setting(params, key, project.settings[key])] as const);
    for (const [key, value] of values) project.settings[key] = value;
    project.name = text(params, 'name') ?? project.name;
    project.description = text(params, 'description') ?? project.description;
    project.visibility = wanted ?? project.visibility;
    if (head !== undefined) {
      project.defaultBranch = head;
      await world.repo(project).text(['symbolic-ref', 'HEAD', `refs/heads/${head}`]);
    }
    project.updatedAt = world.clock.now();
    world.changed();
    return projectEntity(world, project, level);
  });

  router.signedIn('GET', '/projects', ({ world, params, user }) => {
    const now = world.clock.now();
    const search = text(params, 'search')?.toLowerCase();
    const mine = flag(params, 'membership') ?? false;
    const found = Object.values(world.state.projects).filter((project) => {
      const level = levelOf(project, user, now);
      if (!may(project, user, level, 'read_project') || (mine && level === 0)) return false;
      return search === undefined || project.path.toLowerCase().includes(search);
    });
    return page(found.reverse(), (project) => projectBasic(world, project));
  });

  router.project('POST', '/fork', 'fork_project', async ({ world, project, actor, params }) => {
    const fork = await forkProject(world, project, actor.user, text(params, 'path'));
    return new Answer(201, projectEntity(world, fork, 50));
  });
  router.project('GET', '/forks', 'read_project', ({ world, project }) =>
    page(
      Object.values(world.state.projects).filter((each) => each.forkedFrom === project.id),
      (fork) => projectBasic(world, fork),
    ),
  );

  /** Pushes, newest first. GitLab counts whole days and leaves out those it is given. */
  router.project('GET', '/events', 'read_code', ({ world, project, params }) => {
    const action = text(params, 'action');
    const [after, before] = [text(params, 'after'), text(params, 'before')];
    const sort = oneOf(params, 'sort', ['asc', 'desc']) ?? 'desc';
    const found = project.pushes.filter((event) => {
      const on = iso(event.at).slice(0, 10);
      return (
        (after === undefined || on > after.slice(0, 10)) &&
        (before === undefined || on < before.slice(0, 10))
      );
    });
    const shown = action === undefined || action === 'pushed' ? found : [];
    return page(sort === 'asc' ? shown : shown.toReversed(), (event) => ({
      id: event.id,
      project_id: project.id,
      action_name:
        event.before === null ? 'pushed new' : event.after === null ? 'deleted' : 'pushed to',
      target_id: null,
      target_iid: null,
      target_type: null,
      author_id: event.userId,
      target_title: null,
      created_at: iso(event.at),
      author: basicOf(world, event.userId),
      imported: false,
      imported_from: 'none',
      push_data: {
        commit_count: event.commits,
        action: event.before === null ? 'created' : event.after === null ? 'removed' : 'pushed',
        ref_type: 'branch',
        commit_from: event.before,
        commit_to: event.after,
        ref: event.ref,
        commit_title: event.title,
        ref_count: null,
      },
      author_username: world.state.users[event.userId]?.username,
    }));
  });
}
