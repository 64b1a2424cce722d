import type { Thread } from '../gitlab/types.ts';
import type { PostRecord } from '../store/record.ts';

/** The issue or the merge request of a post that has been opened. */
export function threadOf({ issue, mergeRequest }: PostRecord, on: Thread['on']): Thread {
  return { on, iid: (on === 'issue' ? issue : mergeRequest) ?? 0 };
}
