import { lastCommit } from '../acts/notes.ts';
import type { HookSwitch } from '../model-hooks.ts';
import type { Project, User } from '../model.ts';
import { issueAttributes, mergeRequestAttributes, noteBody, threadBody } from '../present/hooks.ts';
import { hookUser, visibilityLevel } from '../present/people.ts';
import { hookProject, hookRepository } from '../present/project.ts';
import type { World } from '../world.ts';

/** A body to test a hook with, made of what the project holds; undefined when it has nothing of the kind. */
export async function sampleOf(
  world: World,
  project: Project,
  user: User,
  trigger: HookSwitch,
): Promise<object | undefined> {
  const issue = Object.values(project.issues).at(-1);
  const mr = Object.values(project.mergeRequests).at(-1);
  switch (trigger) {
    case 'push_events': {
      const head = await world.repo(project).head(project.defaultBranch);
      return {
        object_kind: 'push',
        event_name: 'push',
        before: head,
        after: head,
        ref: `refs/heads/${project.defaultBranch}`,
        checkout_sha: head,
        user_id: user.id,
        user_name: user.name,
        user_username: user.username,
        project_id: project.id,
        project: hookProject(world, project),
        commits: [],
        total_commits_count: 0,
        repository: {
          ...hookRepository(world, project),
          visibility_level: visibilityLevel(project),
        },
      };
    }
    case 'issues_events':
    case 'confidential_issues_events':
      return (
        issue && {
          object_kind: 'issue',
          event_type: 'issue',
          ...threadBody(world, project, issue, user),
          object_attributes: issueAttributes(world, project, issue),
          changes: {},
        }
      );
    case 'merge_requests_events': {
      if (!mr) return undefined;
      const last = await lastCommit(world, mr);
      return {
        object_kind: 'merge_request',
        event_type: 'merge_request',
        ...threadBody(world, project, mr, user),
        object_attributes: mergeRequestAttributes(world, project, mr, last),
        changes: {},
      };
    }
    case 'note_events':
    case 'confidential_note_events': {
      const thread = [mr, issue].find((each) => each?.notes.some((note) => !note.system));
      const note = thread?.notes.findLast((each) => !each.system);
      if (!thread || !note) return undefined;
      return noteBody(world, user, thread, note, 'create', await lastCommit(world, thread));
    }
    case 'emoji_events':
      return {
        object_kind: 'emoji',
        event_type: 'award',
        user: hookUser(user),
        project_id: project.id,
        project: hookProject(world, project),
        object_attributes: { user_id: user.id, name: 'thumbsup', action: 'award' },
      };
    case 'resource_access_token_events':
      return {
        object_kind: 'access_token',
        project: hookProject(world, project),
        object_attributes: { user_id: user.id, id: 1, name: 'test', expires_at: null },
        event_name: 'expiring_access_token',
      };
    case 'tag_push_events':
    case 'job_events':
    case 'pipeline_events':
    case 'wiki_page_events':
    case 'deployment_events':
    case 'feature_flag_events':
    case 'releases_events':
    case 'milestone_events':
    case 'vulnerability_events':
      return undefined;
  }
}
