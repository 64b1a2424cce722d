import type { AccessRule, Project, State, User } from './model.ts';

/** GitLab's roles. */
export const roles = {
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
};

/** The least role each deed needs, in a private project. */
export const abilities = {
  read_project: 10,
  read_issue: 10,
  create_issue: 10,
  create_note: 10,
  award_emoji: 10,
  read_member: 10,
  read_label: 10,
  read_board: 10,
  /** Labels, assignees, state and words of other people's issues. */
  admin_issue: 15,
  read_confidential_issue: 15,
  admin_label: 15,
  admin_board: 15,
  read_merge_request: 20,
  read_code: 20,
  read_pipeline: 20,
  fork_project: 20,
  create_merge_request: 30,
  update_merge_request: 30,
  approve_merge_request: 30,
  push_code: 30,
  create_pipeline: 30,
  read_protected_branch: 30,
  manage_schedule: 30,
  admin_note: 40,
  admin_member: 40,
  admin_project: 40,
  admin_hook: 40,
  admin_variable: 40,
  admin_protected_branch: 40,
  manage_access_token: 40,
  destroy_issue: 50,
  destroy_project: 50,
} as const;
export type Ability = keyof typeof abilities;

/** What anybody may do in a public project, who signed in in an internal one. */
const openToAll: ReadonlySet<Ability> = new Set<Ability>([
  'read_project',
  'read_issue',
  'read_member',
  'read_label',
  'read_board',
  'read_merge_request',
  'read_code',
  'read_pipeline',
]);
/** What needs an account beyond that. */
const openToSignedIn: ReadonlySet<Ability> = new Set<Ability>([
  'create_issue',
  'create_note',
  'award_emoji',
  'fork_project',
]);

/** Role of `user` in `project`; 0 for who is no member, was blocked or whose membership has ended. */
export function levelOf(project: Project, user: User | undefined, now: number): number {
  if (user?.state !== 'active') return 0;
  if (user.admin) return roles.owner;
  const member = project.members[user.id];
  if (member === undefined) return 0;
  const today = new Date(now).toISOString().slice(0, 10);
  return member.expiresAt !== undefined && member.expiresAt <= today ? 0 : member.level;
}

export function may(
  project: Project,
  user: User | undefined,
  level: number,
  ability: Ability,
): boolean {
  if (level >= abilities[ability]) return true;
  if (project.visibility === 'private') return false;
  if (project.visibility === 'internal' && user === undefined) return false;
  return openToAll.has(ability) || (user !== undefined && openToSignedIn.has(ability));
}

/** `*` stands for anything, also slashes. */
export function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** The rules for a branch; of several the one that allows most counts. */
export function rulesOf(project: Project, branch: string) {
  return Object.values(project.rules).filter((rule) => matches(rule.name, branch));
}

const allows = (rules: readonly AccessRule[], level: number) =>
  rules.some((rule) => rule.level > 0 && level >= rule.level);

export function mayPush(project: Project, branch: string, level: number): boolean {
  const rules = rulesOf(project, branch);
  if (level < abilities.push_code) return false;
  return rules.length === 0 || rules.some((rule) => allows(rule.push, level));
}

export function mayMergeInto(project: Project, branch: string, level: number): boolean {
  const rules = rulesOf(project, branch);
  if (level < abilities.push_code) return false;
  return (
    rules.length === 0 ||
    rules.some((rule) => allows(rule.merge, level) || allows(rule.push, level))
  );
}

export function mayForce(project: Project, branch: string): boolean {
  const rules = rulesOf(project, branch);
  return rules.length === 0 || rules.some((rule) => rule.forcePush);
}

/** Everybody with a role in the project, highest first. */
export function membersOf(state: State, project: Project) {
  return Object.values(project.members)
    .flatMap((member) => {
      const user = state.users[member.userId];
      return user === undefined ? [] : [{ user, member }];
    })
    .sort((a, b) => a.user.id - b.user.id);
}
