/**
 * Files of one branch of the content repo. Two implementations (`git.ts`: a clone and fast-forward-only pushes;
 * `api.ts`: GitLab's Commits API) pass one contract suite.
 */
export interface Files {
  /** Text of the file, or undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Paths of all files below `folder`, sorted. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * One commit, all or nothing, on top of whatever the branch holds when it lands.
   * Throws STORE_CONFLICT when a `create` finds the path taken or an `update` or `delete` finds none: that is the
   * test-and-set everything else is built on. A branch that merely moved is tried again inside.
   */
  commit(actions: readonly FileAction[], message: string): Promise<{ commit: string }>;
}

export type FileAction =
  | { action: 'create'; path: string; content: string }
  | { action: 'update'; path: string; content: string }
  | { action: 'delete'; path: string };
