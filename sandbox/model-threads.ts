/** Issues, merge requests and what is said on them. */
export interface Award {
  id: number;
  name: string;
  userId: number;
  at: number;
}

export interface Note {
  id: number;
  discussion: string;
  /** Whether the discussion is a thread; a single comment becomes one when it is answered. */
  threaded: boolean;
  body: string;
  system: boolean;
  internal: boolean;
  authorId: number;
  createdAt: number;
  updatedAt: number;
  editedBy?: number | undefined;
  resolved?: { userId: number; at: number } | undefined;
  awards: Award[];
}

export interface LabelEvent {
  id: number;
  userId: number;
  at: number;
  labelId: number;
  action: 'add' | 'remove';
}

export interface StateEvent {
  id: number;
  userId: number;
  at: number;
  state: 'opened' | 'closed' | 'merged' | 'reopened';
  commit?: string | undefined;
}

export interface Thread {
  id: number;
  iid: number;
  projectId: number;
  title: string;
  description: string | null;
  state: 'opened' | 'closed' | 'merged' | 'locked';
  authorId: number;
  assigneeIds: number[];
  labelIds: number[];
  /** Only members may comment. */
  locked: boolean;
  notes: Note[];
  labelEvents: LabelEvent[];
  stateEvents: StateEvent[];
  awards: Award[];
  createdAt: number;
  updatedAt: number;
  editedAt?: number | undefined;
  editedBy?: number | undefined;
  closedAt?: number | undefined;
  closedBy?: number | undefined;
  dueDate?: string | undefined;
}

export interface Issue extends Thread {
  on: 'issue';
  type: 'issue' | 'incident' | 'task' | 'test_case';
  confidential: boolean;
  /** Related issues. */
  links: { id: number; iid: number }[];
}

export interface Reviewer {
  userId: number;
  state: 'unreviewed' | 'reviewed' | 'requested_changes' | 'approved' | 'unapproved';
  at: number;
}

export interface MergeRequest extends Thread {
  on: 'merge_request';
  sourceBranch: string;
  targetBranch: string;
  /** Of the project the source branch lies in. */
  sourceProjectId: number;
  draft: boolean;
  /** Head of the source branch, kept when the branch is gone. */
  sha: string;
  /** Where the source left the target, and the target's head then. */
  diff: { base: string; start: string };
  reviewers: Reviewer[];
  approvals: { userId: number; at: number }[];
  squash: boolean;
  removeSource: boolean;
  mergeSha?: string | undefined;
  squashSha?: string | undefined;
  mergedAt?: number | undefined;
  mergedBy?: number | undefined;
  mergeError?: string | undefined;
  headPipeline?: number | undefined;
  /** Whether it can be merged, and for which two commits that was found out; absent while GitLab computes. */
  checked?: { heads: string; conflicts: boolean } | undefined;
  /** `preparing` until first looked at. */
  prepared: boolean;
}
