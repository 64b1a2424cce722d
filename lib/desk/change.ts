import { isError } from '../errors.ts';
import type { PostRecord, Work } from '../store/record.ts';
import type { Desk } from './context.ts';

/** Thrown when another has taken over the work: whatever was done last must not be recorded. */
export class LeaseLost extends Error {}

/** Writes `record`; undefined when somebody else wrote it meanwhile and everything must be decided anew. */
export async function trySave(desk: Desk, record: PostRecord): Promise<PostRecord | undefined> {
  try {
    return await desk.records.save({ ...record, updated: desk.clock.now() });
  } catch (error) {
    if (isError(error, 'STORE_CONFLICT')) return undefined;
    throw error;
  }
}

/** Takes the lease for `work`; undefined when somebody else was quicker. */
export async function lease(
  desk: Desk,
  record: PostRecord,
  work: Pick<Work, 'what' | 'key'>,
): Promise<(PostRecord & { work: Work }) | undefined> {
  const nonce = Buffer.from(desk.clock.random(12)).toString('hex');
  const expires = desk.clock.now() + desk.settings.lease;
  const taken: Work = {
    what: work.what,
    nonce,
    expires,
    ...(work.key === undefined ? {} : { key: work.key }),
    // What a holder who vanished may have written is still ours.
    ...(record.work?.revision === undefined ? {} : { revision: record.work.revision }),
  };
  const saved = await trySave(desk, { ...record, work: taken });
  return saved === undefined ? undefined : { ...saved, work: taken };
}

/**
 * Changes the newest record as long as the lease is ours, however often others write in between.
 * Throws LeaseLost when it is not.
 */
export async function changeLeased(
  desk: Desk,
  id: string,
  nonce: string,
  change: (record: PostRecord) => PostRecord,
): Promise<PostRecord> {
  for (;;) {
    const record = await desk.records.load(id);
    if (record?.work?.nonce !== nonce) throw new LeaseLost();
    const saved = await trySave(desk, change(record));
    if (saved !== undefined) return saved;
  }
}

/** The record without its lease. */
export function released(record: PostRecord): PostRecord {
  const { work: _done, ...rest } = record;
  return rest;
}
