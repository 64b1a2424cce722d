import { initRepo } from './git/init.ts';
import type { Project, User } from './model.ts';
import { roles } from './permissions.ts';
import { addToken } from './world.ts';
import type { World } from './world.ts';

/** GitLab's settings of a new project, by their names in the API. */
const defaults = {
  merge_method: 'merge',
  squash_option: 'default_off',
  remove_source_branch_after_merge: true,
  only_allow_merge_if_pipeline_succeeds: false,
  allow_merge_on_skipped_pipeline: false,
  only_allow_merge_if_all_discussions_are_resolved: false,
  resolve_outdated_diff_discussions: false,
  printing_merge_request_link_enabled: true,
  request_access_enabled: true,
  lfs_enabled: true,
  auto_devops_enabled: false,
  autoclose_referenced_issues: true,
  issues_access_level: 'enabled',
  merge_requests_access_level: 'enabled',
  repository_access_level: 'enabled',
  forking_access_level: 'enabled',
  builds_access_level: 'enabled',
  wiki_access_level: 'enabled',
  snippets_access_level: 'enabled',
  pages_access_level: 'private',
  ci_config_path: '',
  ci_default_git_depth: 20,
  ci_forward_deployment_enabled: true,
  auto_cancel_pending_pipelines: 'enabled',
  build_timeout: 3600,
  build_git_strategy: 'fetch',
  keep_latest_artifact: true,
  public_jobs: true,
  shared_runners_enabled: true,
  merge_commit_template: null,
  squash_commit_template: null,
  suggestion_commit_message: null,
  enforce_auth_checks_on_uploads: true,
  issues_enabled: true,
  merge_requests_enabled: true,
  wiki_enabled: true,
  jobs_enabled: true,
  snippets_enabled: true,
  container_registry_enabled: true,
};

interface NewProject {
  name: string;
  path: string;
  namespace: Project['namespace'];
  owner: User;
  defaultBranch: string;
}

/** A private project with GitLab's defaults: maintainers alone push to and merge into the default branch. */
export function newProject(world: World, wanted: NewProject): Project {
  const now = world.clock.now();
  const { owner, ...named } = wanted;
  const id = world.next('project');
  const maintainers = () => [{ id: world.next('access rule'), level: roles.maintainer }];
  const rule = {
    id: world.next('branch rule'),
    name: wanted.defaultBranch,
    push: maintainers(),
    merge: maintainers(),
    forcePush: false,
  };
  const project: Project = {
    ...named,
    id,
    description: '',
    visibility: 'private',
    createdAt: now,
    updatedAt: now,
    creatorId: owner.id,
    settings: { ...defaults },
    members: { [owner.id]: { userId: owner.id, level: roles.owner, createdAt: now } },
    labels: {},
    boards: {},
    rules: { [rule.id]: rule },
    hooks: {},
    variables: [],
    schedules: {},
    pipelines: {},
    jobs: {},
    issues: {},
    mergeRequests: {},
    pushes: [],
    lastIssue: 0,
    lastMergeRequest: 0,
  };
  world.state.projects[id] = project;
  world.changed();
  return project;
}

/** Who lives in the sandbox. Made-up people; the stranger is no member. */
const people = {
  owner: { name: 'Olga Owner', username: 'olga', level: roles.owner },
  maintainer: { name: 'Mara Maintainer', username: 'mara', level: roles.maintainer },
  developer: { name: 'Dan Developer', username: 'dan', level: roles.developer },
  reviewer: { name: 'Rita Reviewer', username: 'rita', level: roles.developer },
  reporter: { name: 'Ron Reporter', username: 'ron', level: roles.reporter },
  guest: { name: 'Gina Guest', username: 'gina', level: roles.guest },
  stranger: { name: 'Stan Stranger', username: 'stan', level: 0 },
} as const;
export type Role = keyof typeof people;
export const roleNames = Object.keys(people) as Role[];
export const levelOfRole = (role: Role): number => people[role].level;

export function addUser(
  world: World,
  wanted: Pick<User, 'name' | 'username'> & Partial<User>,
): User {
  const user: User = {
    id: world.next('user'),
    email: `${wanted.username}@example.com`,
    bot: false,
    admin: false,
    state: 'active',
    createdAt: world.clock.now(),
    ...wanted,
  };
  world.state.users[user.id] = user;
  return user;
}

/** Numbers start apart from each other, so that nobody takes an id for an iid and is right. */
const starts = {
  user: 10,
  project: 40,
  issue: 300,
  'merge request': 700,
  note: 1200,
  label: 60,
  token: 20,
};

/** A new sandbox: its people, and one project that starts from `seed`. */
export async function plant(world: World, seed?: string): Promise<Project> {
  Object.assign(world.state.last, starts);
  for (const role of roleNames) {
    const { name, username } = people[role];
    const user = addUser(world, { name, username });
    world.state.seeded[role] = user.id;
    addToken(world, { name: `sandbox ${role}`, userId: user.id, scopes: ['api'] });
  }
  const userOfRole = (role: Role) => {
    const user = world.state.users[world.state.seeded[role] ?? 0];
    if (!user) throw new Error(`there is no ${role}`);
    return user;
  };
  const project = newProject(world, {
    name: 'Desk',
    path: 'desk',
    namespace: {
      id: world.next('namespace'),
      name: 'SocialPulse',
      path: 'socialpulse',
      kind: 'group',
    },
    owner: userOfRole('owner'),
    defaultBranch: 'main',
  });
  for (const role of roleNames) {
    const { level } = people[role];
    const { id } = userOfRole(role);
    if (level > 0) project.members[id] = { userId: id, level, createdAt: world.clock.now() };
  }
  await initRepo(world.git, world.repo(project).folder, project.defaultBranch, seed);
  return project;
}
