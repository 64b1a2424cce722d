/** GitLab's objects, cut down to what the product uses. Times are ms UTC; names are GitLab's in camelCase. */
export interface User {
  id: number;
  username: string;
  name: string;
  /** Known only from `GET /users/:id` and `GET /user`. */
  bot?: boolean;
}

/** Access levels: 10 guest, 15 planner, 20 reporter, 30 developer, 40 maintainer, 50 owner; 0 is not a member. */
export type AccessLevel = 0 | 5 | 10 | 15 | 20 | 30 | 40 | 50;

export interface Project {
  id: number;
  path: string;
  url: string;
  defaultBranch: string;
  visibility: string;
}

export interface Issue {
  iid: number;
  title: string;
  description: string;
  state: 'opened' | 'closed';
  labels: readonly string[];
  url: string;
  author: User;
  createdAt: number;
  updatedAt: number;
}

export interface MergeRequest {
  iid: number;
  title: string;
  description: string;
  state: 'opened' | 'closed' | 'merged' | 'locked';
  draft: boolean;
  labels: readonly string[];
  sourceBranch: string;
  targetBranch: string;
  sourceProject: number;
  targetProject: number;
  sha: string;
  mergeCommit?: string;
  mergedBy?: User;
  mergedAt?: number;
  /** `mergeable`, `checking`, `draft_status`, `conflict`, ... */
  mergeStatus: string;
  author: User;
  url: string;
  createdAt: number;
  updatedAt: number;
}

export interface Note {
  id: number;
  body: string;
  system: boolean;
  author: User;
  createdAt: number;
  updatedAt: number;
}

export interface LabelEvent {
  id: number;
  action: 'add' | 'remove';
  label: string;
  by: User;
  at: number;
}

/** Where something was said or set. */
export interface Thread {
  on: 'issue' | 'merge_request';
  iid: number;
}
