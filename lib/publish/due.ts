import type { Delivery, PostRecord } from '../store/record.ts';

/** How long after a claim's end a network may still carry out a request that left, ms, by name of the platform. */
export type GraceOf = (platform: string) => number;

/** Deliveries that want work at `now` (ms UTC), in the order of the record. */
export function dueDeliveries(record: PostRecord, now: number, graceOf: GraceOf): Delivery[] {
  return record.deliveries.filter((delivery) => {
    const at = dueAt(record, delivery, graceOf);
    return at !== undefined && at <= now;
  });
}

/** When the first delivery of the post wants work, ms UTC, perhaps in the past; undefined when none ever will. */
export function nextDue(record: PostRecord, graceOf: GraceOf): number | undefined {
  const times = record.deliveries.flatMap((each) => dueAt(record, each, graceOf) ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * When a delivery wants work. One whose claim was made is looked after whatever became of the post since; one that is
 * scheduled starts only from an approved post on the default branch.
 */
function dueAt(record: PostRecord, delivery: Delivery, graceOf: GraceOf): number | undefined {
  const retryAt = delivery.retryAt ?? 0;
  if (delivery.status === 'publishing')
    return Math.max((delivery.expires ?? 0) + graceOf(delivery.platform), retryAt);
  if (delivery.status !== 'scheduled') return undefined;
  if (record.status !== 'approved' || record.mergedAs === undefined) return undefined;
  return Math.max(delivery.due, retryAt);
}

const minute = 60_000;
/** Between two attempts, ms. */
export const longestWait = 30 * minute;

/** How long to wait after attempt number `attempt` (from 1) before the next: 1, 2, 4 ... 30 minutes. In ms. */
export function backoff(attempt: number): number {
  return Math.min(longestWait, minute * 2 ** (attempt - 1));
}
