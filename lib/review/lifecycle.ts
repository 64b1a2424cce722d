import { fail } from '../errors.ts';
import type { PostRecord, PostStatus } from '../store/record.ts';

/** What can happen to a post as a whole. What happens to one of its deliveries is in `lib/publish`. */
export const postEvents = [
  /** The think window has passed. */
  'windowClosed',
  /** A person removed the Draft mark inside the window. */
  'markedReady',
  /** Somebody who may has approved the current revision, or has bound the approval anew. */
  'approved',
  /** What was approved has changed, or the approval was withdrawn. */
  'takenBack',
  /** A person who may not approve merged it: it waits on the default branch. */
  'merged',
  'rejected',
  /** Nobody decided in time. */
  'expired',
  /** Issue or merge request closed, branch deleted, marked Draft again, or asked for. */
  'held',
  'resumed',
  /** A rejected or expired post was opened again. */
  'reopened',
  /** The document was taken off the default branch. */
  'reverted',
] as const;
export type PostEvent = (typeof postEvents)[number];

/** Where an event leads; what is not listed is illegal. `resumed` leads back to where `held` came from. */
export const lifecycle = {
  thinking: {
    windowClosed: 'review',
    markedReady: 'review',
    approved: 'approved',
    merged: 'review',
    rejected: 'rejected',
    held: 'held',
  },
  review: {
    approved: 'approved',
    merged: 'review',
    rejected: 'rejected',
    expired: 'expired',
    held: 'held',
    reverted: 'rejected',
  },
  approved: {
    approved: 'approved',
    takenBack: 'review',
    rejected: 'rejected',
    held: 'held',
    reverted: 'rejected',
  },
  rejected: { reopened: 'review', approved: 'approved', merged: 'review' },
  expired: { reopened: 'review', approved: 'approved', merged: 'review' },
  held: {
    resumed: 'held',
    approved: 'approved',
    merged: 'review',
    rejected: 'rejected',
    reverted: 'rejected',
  },
} as const satisfies Record<PostStatus, Partial<Record<PostEvent, PostStatus>>>;

/** Whether `event` may happen to a post in `status`. */
export function allows(status: PostStatus, event: PostEvent): boolean {
  return event in lifecycle[status];
}

/**
 * The record after `event`. `held` remembers where it came from and `resumed` goes back there.
 * Throws INTERNAL for an event the table does not allow: whoever calls asks `allows` first.
 */
export function transition(
  record: PostRecord,
  event: PostEvent,
  now: number,
  why: NonNullable<PostRecord['held']>['why'] = 'asked',
): PostRecord {
  const row: Partial<Record<PostEvent, PostStatus>> = lifecycle[record.status];
  const next = row[event];
  if (next === undefined) {
    throw fail('INTERNAL', { why: `${event} cannot happen to a post that is ${record.status}` });
  }
  const { held, ...rest } = record;
  if (event === 'resumed') return { ...rest, status: held?.from ?? 'review', since: now };
  if (event === 'held') {
    // The table lets only these three be held.
    const from = record.status as 'thinking' | 'review' | 'approved';
    return { ...rest, status: 'held', since: now, held: { from, why } };
  }
  return { ...rest, status: next, since: record.status === next ? record.since : now };
}
