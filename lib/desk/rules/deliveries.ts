import { nextSlot } from '../../publish/slot.ts';
import { plannedTime } from '../../review/binding.ts';
import type { CurrentDocument } from '../../review/observation.ts';
import type { Profile } from '../../store/profile.ts';
import type { Delivery, PostRecord } from '../../store/record.ts';

/** Not before, ms: the time asked for, else the profile's next posting window. */
function dueAt(
  record: PostRecord,
  document: CurrentDocument,
  profile: Profile,
  now: number,
): number {
  const planned = plannedTime(record, document);
  return planned === undefined ? nextSlot(profile.posting, now) : Math.max(planned, now);
}

/**
 * The record with a delivery for every target that has none, bound to the newest revision. What has left `scheduled`
 * stays as it is: an approval binds only what remains.
 */
export function scheduleDeliveries(
  record: PostRecord,
  document: CurrentDocument,
  profile: Profile,
  now: number,
): PostRecord {
  const last = record.revisions.at(-1);
  if (last === undefined) return record;
  const begun = record.deliveries.filter(({ status }) => status !== 'scheduled');
  const waiting = document.targets
    .filter(({ name }) => !begun.some(({ target }) => target === name))
    .map(({ name, platform }): Delivery => ({
      target: name,
      platform,
      status: 'scheduled',
      due: dueAt(record, document, profile, now),
      attempt: 0,
      revision: last.n,
      hash: last.hash,
      receipts: [],
    }));
  return { ...record, deliveries: [...begun, ...waiting] };
}
