import type { Connection, Found, Handle, Outgoing } from '../platforms/platform.ts';
import type { Delivery, Receipt } from '../store/record.ts';

/** What is to be done about a delivery that was claimed before. */
export type Verdict =
  | { next: 'done'; receipts: Receipt[] }
  /** These parts are not out; `receipts` are those that are. */
  | { next: 'send'; receipts: Receipt[] }
  | { next: 'ask a person'; why: string };

/** Asks the network about every part. Throws what `find` throws. */
export async function survey(
  connection: Connection,
  outgoing: Outgoing,
  handles: readonly Handle[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const index of outgoing.parts.keys()) {
    const before = found.filter((each) => typeof each === 'object');
    const ask = connection.find?.(outgoing, index, handles, before);
    found.push(ask === undefined ? 'unknown' : await ask);
  }
  return found;
}

/**
 * Decides from what the network says (one entry a part) and what the record knows. Pure.
 * A delivery that is `scheduled` has been settled since its last claim, by the network's refusal or by a person, so
 * nothing of it is in flight. `vouched` says that it was a person.
 */
export function judge(found: readonly Found[], delivery: Delivery, vouched: boolean): Verdict {
  const settled = delivery.status === 'scheduled';
  const recorded = new Map(delivery.receipts.map((receipt) => [receipt.part, receipt]));
  const receipts: Receipt[] = [];
  const missing: number[] = [];
  const name = (part: number) => `part ${String(part + 1)} of ${String(found.length)}`;
  for (const [part, answer] of found.entries()) {
    const known = recorded.get(part);
    if (typeof answer === 'object') receipts.push({ ...answer, ...(known && { at: known.at }) });
    else if (answer === 'unknown' && known) receipts.push(known);
    else if (answer === 'unknown' && !settled)
      return { next: 'ask a person', why: `the network cannot tell about ${name(part)}` };
    else if (answer === 'absent' && known && !vouched)
      return { next: 'ask a person', why: `${name(part)} was out and has been removed` };
    else missing.push(part);
  }
  const last = receipts.at(-1)?.part ?? -1;
  const gap = missing.find((part) => part < last);
  if (gap !== undefined && !vouched)
    return { next: 'ask a person', why: `${name(gap)} is missing while a later one is out` };
  return missing.length === 0 ? { next: 'done', receipts } : { next: 'send', receipts };
}
