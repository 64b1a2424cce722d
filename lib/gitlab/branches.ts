import { perPage } from './issues.ts';
import { absent, refused } from './answers.ts';
import { userShape } from './objects.ts';
import type { Loaded } from './resources.ts';
import { flag, list, maybe, narrow, object, text, time, whole } from './shapes.ts';
import type { User } from './types.ts';

const branchShape = object((field) => ({
  name: field('name', text),
  sha: field(
    'commit',
    object((inner) => inner('id', text)),
  ),
  protected: field('protected', flag),
}));

const accessShape = object((field) => ({
  level: field('access_level', maybe(whole)),
  user: field('user_id', maybe(whole)),
  /** A group or a deploy key. */
  other: field('group_id', maybe(whole)) ?? field('deploy_key_id', maybe(whole)),
}));
export const ruleShape = object((field) => {
  const push = field('push_access_levels', list(accessShape));
  return {
    name: field('name', text),
    allowForcePush: field('allow_force_push', maybe(flag)) ?? false,
    /** Least roles that may push; 0 is nobody. Groups and deploy keys count as 30: they let in others than maintainers. */
    pushLevels: push.flatMap(({ level, user, other }) =>
      user !== undefined ? [] : other !== undefined ? [30] : level === undefined ? [] : [level],
    ),
    /** People who may push by name (Premium). */
    pushUsers: push.flatMap(({ user }) => (user === undefined ? [] : [user])),
    mergeLevels: field('merge_access_levels', maybe(list(accessShape)))?.flatMap(({ level }) =>
      level === undefined ? [] : [level],
    ),
  };
});
export type BranchRule = ReturnType<typeof ruleShape>;

const pushShape = object((field) => ({
  by: field('author', userShape),
  at: field('created_at', time),
  push: field(
    'push_data',
    maybe(
      object((inner) => ({
        ref: inner('ref', maybe(text)),
        commit: inner('commit_to', maybe(text)),
      })),
    ),
  ),
}));

const day = 86_400_000;

/** Whether a rule's name, in which `*` stands for anything, covers a branch. */
function covers(pattern: string, branch: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(branch);
}

/** Branches, who may push to them and who did. */
export function createBranches(project: string, resources: Loaded) {
  return {
    async branch(name: string) {
      const { branches } = await resources();
      const found = await absent(branches.show(project, name));
      return found && narrow('GET /branches/:name', branchShape, found);
    },
    /** A branch that is there already is left as it is. */
    async createBranch(name: string, ref: string) {
      const { branches } = await resources();
      try {
        const made = await branches.create(project, name, ref);
        return narrow('POST /branches', branchShape, made);
      } catch (error) {
        const said = refused(error);
        const there = said?.status === 400 && /already exists/i.test(said.message);
        const found = there ? await absent(branches.show(project, name)) : undefined;
        if (found === undefined) throw error;
        return narrow('GET /branches/:name', branchShape, found);
      }
    },
    /** A branch that is gone already is fine. */
    async deleteBranch(name: string): Promise<void> {
      const { branches } = await resources();
      await absent(branches.remove(project, name));
    },
    /**
     * Every rule that covers a branch, wildcards such as `*` or `pulse-*` included. Where several do, GitLab lets
     * through whoever one of them lets through.
     */
    async rulesFor(name: string): Promise<BranchRule[]> {
      const { protectedBranches } = await resources();
      const found = await protectedBranches.all(project, { perPage });
      return narrow('GET /protected_branches', list(ruleShape), found).filter((rule) =>
        covers(rule.name, name),
      );
    },
    /** Who pushed to `branch` at `since` (ms) or later, oldest first; `commit` is where it ended, absent when it was deleted. */
    async pushes(
      branch: string,
      since: number,
    ): Promise<{ by: User; at: number; commit: string | undefined }[]> {
      const { events } = await resources();
      // GitLab takes days only, leaves out the day it is given, and may count in another time zone.
      const after = new Date(Math.max(0, since - 2 * day)).toISOString().slice(0, 10);
      const found = await events.all({
        projectId: project,
        action: 'pushed',
        after: after,
        sort: 'asc',
        perPage,
      });
      return (
        narrow('GET /events', list(pushShape), found)
          // A push of many branches at once is told without their names: it may have been this one.
          .flatMap(({ by, at, push }) =>
            push !== undefined && (push.ref ?? branch) === branch
              ? [{ by, at, commit: push.commit }]
              : [],
          )
          .filter(({ at }) => at >= since)
          .sort((a, b) => a.at - b.at)
      );
    },
  };
}
