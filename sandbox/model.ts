/** What the sandbox keeps: plain objects that can be written as JSON. Times are ms UTC. */
import type { Hook } from './model-hooks.ts';
import type { Job, Pipeline, Schedule, Variable } from './model-pipelines.ts';
import type { Issue, MergeRequest } from './model-threads.ts';

export interface State {
  version: 1;
  /** Last number given, by kind of thing: numbers are unique on the whole server, as on GitLab. */
  last: Record<string, number>;
  users: Record<number, User>;
  tokens: Record<number, Token>;
  projects: Record<number, Project>;
  todos: Todo[];
  /** Ids of the people of `Sandbox.users`, by role. */
  seeded: Record<string, number>;
}

export interface User {
  id: number;
  username: string;
  name: string;
  email: string;
  bot: boolean;
  admin: boolean;
  state: 'active' | 'blocked';
  createdAt: number;
}

export interface Token {
  id: number;
  value: string;
  name: string;
  description: string;
  userId: number;
  scopes: string[];
  createdAt: number;
  /** Day, `yyyy-mm-dd`; from then on it is refused. */
  expiresAt?: string | undefined;
  lastUsedAt?: number | undefined;
  revoked: boolean;
  /** Set for project access tokens. */
  projectId?: number | undefined;
  level?: number | undefined;
  /** A job's own token: reads only. */
  job?: boolean | undefined;
}

export interface Member {
  userId: number;
  level: number;
  createdAt: number;
  expiresAt?: string | undefined;
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
  priority: number | null;
}

export interface Board {
  id: number;
  name: string;
  lists: { id: number; labelId: number; position: number }[];
}

export interface BranchRule {
  id: number;
  /** A name or a pattern with `*`. */
  name: string;
  push: AccessRule[];
  merge: AccessRule[];
  forcePush: boolean;
}
export interface AccessRule {
  id: number;
  level: number;
}

/** A push, in the project's list of events. */
export interface PushEvent {
  id: number;
  userId: number;
  at: number;
  ref: string;
  before: string | null;
  after: string | null;
  commits: number;
  title: string | null;
}

export interface Todo {
  id: number;
  userId: number;
  authorId: number;
  projectId: number;
  action: 'mentioned' | 'directly_addressed' | 'assigned' | 'review_requested';
  on: 'issue' | 'merge_request';
  iid: number;
  noteId?: number | undefined;
  body: string;
  at: number;
}

export interface Project {
  id: number;
  name: string;
  path: string;
  namespace: { id: number; name: string; path: string; kind: 'group' | 'user' };
  description: string;
  visibility: 'private' | 'internal' | 'public';
  defaultBranch: string;
  createdAt: number;
  updatedAt: number;
  creatorId: number;
  forkedFrom?: number | undefined;
  /** Settings by GitLab's own names. */
  settings: Record<string, unknown>;
  members: Record<number, Member>;
  labels: Record<number, Label>;
  boards: Record<number, Board>;
  rules: Record<number, BranchRule>;
  hooks: Record<number, Hook>;
  variables: Variable[];
  schedules: Record<number, Schedule>;
  pipelines: Record<number, Pipeline>;
  jobs: Record<number, Job>;
  issues: Record<number, Issue>;
  mergeRequests: Record<number, MergeRequest>;
  pushes: PushEvent[];
  lastIssue: number;
  lastMergeRequest: number;
}

export const pathOf = (project: Project) => `${project.namespace.path}/${project.path}`;
