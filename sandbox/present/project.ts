import { pathOf } from '../model.ts';
import type { Board, BranchRule, Label, Project } from '../model.ts';
import { roles } from '../permissions.ts';
import { iso, webUrl } from '../world.ts';
import type { World } from '../world.ts';
import { basicOf, visibilityLevel } from './people.ts';

const roleNames: Record<number, string> = {
  0: 'No one',
  [roles.developer]: 'Developers + Maintainers',
  [roles.maintainer]: 'Maintainers',
  60: 'Instance admins',
};

export function projectBasic(world: World, project: Project) {
  const url = webUrl(world, project);
  const { namespace } = project;
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${namespace.name} / ${project.name}`,
    path: project.path,
    path_with_namespace: pathOf(project),
    created_at: iso(project.createdAt),
    default_branch: project.defaultBranch,
    tag_list: [],
    topics: [],
    ssh_url_to_repo: `git@${new URL(world.url).hostname}:${pathOf(project)}.git`,
    http_url_to_repo: `${url}.git`,
    web_url: url,
    readme_url: `${url}/-/blob/${project.defaultBranch}/README.md`,
    forks_count: Object.values(world.state.projects).filter((p) => p.forkedFrom === project.id)
      .length,
    avatar_url: null,
    star_count: 0,
    last_activity_at: iso(project.updatedAt),
    visibility: project.visibility,
    namespace: {
      ...namespace,
      full_path: namespace.path,
      parent_id: null,
      avatar_url: null,
      web_url: `${world.url}/${namespace.kind === 'group' ? 'groups/' : ''}${namespace.path}`,
    },
  };
}

export function projectEntity(world: World, project: Project, level: number) {
  const origin = project.forkedFrom;
  const source = origin === undefined ? undefined : world.state.projects[origin];
  return {
    ...projectBasic(world, project),
    ...project.settings,
    updated_at: iso(project.updatedAt),
    creator_id: project.creatorId,
    owner: project.namespace.kind === 'user' ? basicOf(world, project.creatorId) : undefined,
    empty_repo: false,
    archived: false,
    open_issues_count: Object.values(project.issues).filter((issue) => issue.state === 'opened')
      .length,
    import_status: 'none',
    ...(source && { forked_from_project: projectBasic(world, source) }),
    permissions: {
      project_access: level > 0 ? { access_level: level, notification_level: 3 } : null,
      group_access: null,
    },
  };
}

export const hookProject = (world: World, project: Project) => {
  const url = webUrl(world, project);
  const ssh = `git@${new URL(world.url).hostname}:${pathOf(project)}.git`;
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    web_url: url,
    avatar_url: null,
    git_ssh_url: ssh,
    git_http_url: `${url}.git`,
    namespace: project.namespace.name,
    visibility_level: visibilityLevel(project),
    path_with_namespace: pathOf(project),
    default_branch: project.defaultBranch,
    ci_config_path: project.settings.ci_config_path ?? '',
    homepage: url,
    url: ssh,
    ssh_url: ssh,
    http_url: `${url}.git`,
  };
};

export const hookRepository = (world: World, project: Project) => {
  const { name, description, homepage, url } = hookProject(world, project);
  return { name, url, description, homepage };
};

export const textColor = (color: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    parseInt(color.slice(at, at + 2), 16),
  );
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#1F1E24' : '#FFFFFF';
};

export const labelBasic = (label: Label) => ({
  id: label.id,
  name: label.name,
  description: label.description,
  description_html: label.description ?? '',
  text_color: textColor(label.color),
  color: label.color,
  archived: false,
});

export function labelEntity(project: Project, label: Label, counts: boolean) {
  const on = (threads: object, state?: string) =>
    (Object.values(threads) as { labelIds: number[]; state: string }[]).filter(
      (thread) =>
        thread.labelIds.includes(label.id) && (state === undefined || thread.state === state),
    ).length;
  return {
    ...labelBasic(label),
    subscribed: false,
    priority: label.priority,
    is_project_label: true,
    ...(counts && {
      open_issues_count: on(project.issues, 'opened'),
      closed_issues_count: on(project.issues, 'closed'),
      open_merge_requests_count: on(project.mergeRequests, 'opened'),
    }),
  };
}

export const boardEntity = (world: World, project: Project, board: Board) => ({
  id: board.id,
  name: board.name,
  hide_backlog_list: false,
  hide_closed_list: false,
  project: projectBasic(world, project),
  lists: board.lists.map((list) => listEntity(project, list)),
  group: null,
});

export const listEntity = (project: Project, list: Board['lists'][number]) => {
  const label = project.labels[list.labelId];
  return { id: list.id, label: label ? labelBasic(label) : null, position: list.position };
};

export const ruleEntity = (rule: BranchRule) => {
  const access = ({ id, level }: { id: number; level: number }) => ({
    id,
    access_level: level,
    access_level_description: roleNames[level] ?? '',
    deploy_key_id: null,
  });
  return {
    id: rule.id,
    name: rule.name,
    push_access_levels: rule.push.map(access),
    merge_access_levels: rule.merge.map(access),
    allow_force_push: rule.forcePush,
  };
};
