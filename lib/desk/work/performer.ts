import type { PostRecord, Work } from '../../store/record.ts';
import type { Desk } from '../context.ts';
import type { State } from '../state.ts';

/**
 * Does one piece of work for a post whose lease is held, and records the outcome with `changeLeased`, which also ends
 * the lease. May be cut off anywhere and is then done again: looks before it acts.
 */
export type Performer = (
  desk: Desk,
  record: PostRecord & { work: Work },
  state: State,
) => Promise<void>;
