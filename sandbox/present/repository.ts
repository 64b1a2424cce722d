import type { FileDiff } from '../git/history.ts';
import { isTree } from '../git/objects.ts';
import type { Commit } from '../git/objects.ts';
import type { TreeItem } from '../git/repo.ts';
import type { Project } from '../model.ts';
import { mayPush, rulesOf } from '../permissions.ts';
import { iso, webUrl } from '../world.ts';
import type { World } from '../world.ts';

export const commitEntity = (world: World, project: Project, commit: Commit) => ({
  id: commit.sha,
  short_id: commit.sha.slice(0, 8),
  created_at: iso(commit.committer.at),
  parent_ids: commit.parents,
  title: commit.message.split('\n')[0] ?? '',
  message: commit.message,
  author_name: commit.author.name,
  author_email: commit.author.email,
  authored_date: iso(commit.author.at),
  committer_name: commit.committer.name,
  committer_email: commit.committer.email,
  committed_date: iso(commit.committer.at),
  trailers: {},
  extended_trailers: {},
  web_url: `${webUrl(world, project)}/-/commit/${commit.sha}`,
});

export const treeEntity = (item: TreeItem) => ({
  id: item.sha,
  name: item.name,
  type: isTree(item) ? 'tree' : item.mode === '160000' ? 'commit' : 'blob',
  path: item.path,
  mode: item.mode.padStart(6, '0'),
});

export const diffEntity = (file: FileDiff) => ({
  diff: file.diff,
  collapsed: false,
  too_large: false,
  new_path: file.newPath,
  old_path: file.oldPath,
  a_mode: file.oldMode,
  b_mode: file.newMode,
  new_file: file.added,
  renamed_file: file.renamed,
  deleted_file: file.deleted,
  generated_file: null,
});

export function branchEntity(
  world: World,
  project: Project,
  branch: { name: string; commit: Commit },
  level: number,
) {
  const rules = rulesOf(project, branch.name);
  const developers = (of: 'push' | 'merge') =>
    rules.length === 0 || rules.some((rule) => rule[of].some((each) => each.level === 30));
  return {
    name: branch.name,
    merged: false,
    protected: rules.length > 0,
    developers_can_push: developers('push'),
    developers_can_merge: developers('merge'),
    can_push: mayPush(project, branch.name, level),
    default: branch.name === project.defaultBranch,
    web_url: `${webUrl(world, project)}/-/tree/${branch.name}`,
    commit: commitEntity(world, project, branch.commit),
  };
}
