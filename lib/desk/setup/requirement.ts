import type { BranchRule } from '../../gitlab/branches.ts';
import type {
  AccessToken,
  Hook,
  ProjectSettings,
  Schedule,
  Variable,
} from '../../gitlab/settings-objects.ts';
import type { AccessLevel, Project, User } from '../../gitlab/types.ts';

/** Whose token the variable GITLAB_TOKEN holds. */
export interface Machine {
  user: User;
  bot: boolean;
  level: AccessLevel;
  token: AccessToken;
}

/** Everything a requirement looks at, as it stands on GitLab. */
export interface Current {
  /** ms UTC. */
  now: number;
  project: Project;
  settings: ProjectSettings;
  labels: readonly string[];
  boards: readonly { id: number; name: string; labels: readonly string[] }[];
  rules: readonly BranchRule[];
  stateBranch: boolean;
  hooks: readonly Hook[];
  /** Where webhooks shall go; undefined without a bot. */
  hookUrl: string | undefined;
  schedules: readonly (Schedule & { ownerLevel: AccessLevel })[];
  variables: readonly Pick<Variable, 'key' | 'masked' | 'protected' | 'hidden'>[];
  /** Undefined when there is no such variable or its token is no longer valid. */
  machine: Machine | undefined;
  /** Tokens of the project that are in force. */
  tokens: readonly AccessToken[];
}

/** One write that brings something about. Holds no secret: those are made where they are used. */
export type Action =
  | { do: 'set-project'; change: Partial<ProjectSettings> }
  | { do: 'create-label'; name: string }
  | { do: 'create-board'; name: string }
  | { do: 'add-board-lists'; board: string; labels: readonly string[] }
  | { do: 'begin-state-branch' }
  | { do: 'unprotect'; branch: string }
  | { do: 'protect'; branch: string; for: 'machine' | 'maintainers' }
  | { do: 'create-machine' }
  | { do: 'rotate-machine'; token: number }
  | { do: 'guard-variable'; key: string; hidden: boolean }
  | { do: 'make-variable'; key: HookVariable }
  | { do: 'set-hook'; hook: number | undefined; url: string }
  | { do: 'create-schedule' }
  | { do: 'own-schedule'; schedule: number };

export type HookVariable = 'PULSE_HOOK_SIGNING_TOKEN' | 'PULSE_HOOK_TOKEN';

export type Finding =
  | { state: 'fine'; is: string }
  /** Not needed; `becomes` says what it would bring. */
  | { state: 'optional'; is: string; becomes: string }
  /** Will be needed soon. */
  | { state: 'due'; is: string; becomes: string; actions: readonly Action[] }
  | { state: 'missing' | 'different'; is: string; becomes: string; actions: readonly Action[] }
  /** Only a person can bring it about. */
  | { state: 'by-hand'; is: string; becomes: string };

/** One thing a project needs to be a desk. */
export interface Requirement {
  name: string;
  /** Why it matters, for a person who has never heard of it. */
  why: string;
  look: (current: Current) => Finding;
}

export const fine = (is: string): Finding => ({ state: 'fine', is });
export const missing = (becomes: string, ...actions: Action[]): Finding => ({
  state: 'missing',
  is: 'none',
  becomes,
  actions,
});
export const different = (is: string, becomes: string, ...actions: Action[]): Finding => ({
  state: 'different',
  is,
  becomes,
  actions,
});
