import { asPulseError, fail, isError, type PulseError } from '../errors.ts';
import type { Outgoing } from '../platforms/platform.ts';
import type { Delivery, PostRecord, Receipt } from '../store/record.ts';
import { attempt } from './attempt.ts';
import { type Claim, deliveryId, handlesOf, hashPart, readClaims } from './claim.ts';
import { graceIn, type Publishing } from './context.ts';
import { dueDeliveries } from './due.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { prepare, type Prepared, standDown } from './prepare.ts';
import { describe } from './send.ts';
import { judge, survey, type Verdict } from './survey.ts';

/**
 * Brings every due delivery of the post as far as it can be brought now, and gives the record as it then stands.
 * The only way anything leaves for a network; docs/decisions/exactly-once.md says why it is as it is.
 * Throws what the store throws; whatever had left by then is found by the next call.
 */
export async function deliverDue(record: PostRecord, context: Publishing): Promise<PostRecord> {
  const graceOf = (name: string) => graceIn(context, name);
  let current = record;
  const failures: unknown[] = [];
  for (const { target } of dueDeliveries(record, context.clock.now(), graceOf)) {
    // What another wrote meanwhile may have settled it.
    const due = dueDeliveries(current, context.clock.now(), graceOf);
    if (!due.some((each) => each.target === target)) continue;
    const ledger = openLedger(current, target, context);
    try {
      await deliver(ledger, deliveryId(record.id, target), context);
    } catch (error) {
      failures.push(error);
    }
    current = ledger.record();
  }
  if (failures.length > 0) throw asPulseError(failures[0]);
  return current;
}

async function deliver(ledger: Ledger, id: string, context: Publishing): Promise<void> {
  const { clock, files } = context;
  let claims: Claim[];
  try {
    claims = await readClaims(files, id);
  } catch (error) {
    if (!isError(error, 'CLAIM_INVALID')) throw error;
    return doubt(ledger, error);
  }
  const last = claims.at(-1);
  // The claims are the truth: a record that knows of fewer lost a write, one that knows of more was written by hand.
  if (last && last.attempt > ledger.delivery().attempt) {
    const { attempt, expires } = last;
    if (!(await ledger.write({ type: 'claimed', attempt, expires }))) return;
  }
  const over = last ? last.expires + graceIn(context, ledger.delivery().platform) : 0;
  if (clock.now() < over) {
    // Somebody may be at it. Where its outcome is known all the same, it waits as well.
    if (ledger.delivery().status === 'scheduled')
      await ledger.write({ type: 'postponed', retryAt: over });
    return;
  }
  const prepared = await prepare(ledger.delivery(), id, context);
  if ('code' in prepared) return standDown(ledger, prepared, context);
  if (ledger.delivery().attempt === 0)
    return attempt(ledger, id, { claims, receipts: [], ...prepared }, context);
  const receipts = await missingOnly(ledger, last, prepared, context);
  if (receipts) await attempt(ledger, id, { claims, receipts, ...prepared }, context);
}

/**
 * Asks the network what became of earlier attempts, and writes down what that settles. Gives the receipts of the parts
 * that are out when others are known not to be; undefined when nothing is to be sent.
 */
async function missingOnly(
  ledger: Ledger,
  last: Claim | undefined,
  { connection, outgoing }: Prepared,
  context: Publishing,
): Promise<Receipt[] | undefined> {
  const delivery = ledger.delivery();
  let verdict: Verdict;
  try {
    const found = await survey(connection, outgoing, handlesOf(last, delivery));
    verdict = judge(found, delivery, settledAfter(delivery, last));
  } catch (thrown) {
    await standDown(ledger, asPulseError(thrown), context);
    return undefined;
  }
  switch (verdict.next) {
    case 'done':
      await ledger.write({ type: 'completed', receipts: verdict.receipts });
      return undefined;
    case 'ask a person':
      await doubt(
        ledger,
        fail('DELIVERY_UNKNOWN', { platform: delivery.platform, why: verdict.why }),
      );
      return undefined;
    case 'send': {
      const { receipts } = verdict;
      if (receipts.length === 0 || !last || isSame(last, delivery, outgoing)) return receipts;
      // E.g. an instance takes shorter posts than it did, so that the rest would be cut elsewhere.
      const why = 'the rest of the thread would not be what was begun';
      await doubt(ledger, fail('DELIVERY_UNKNOWN', { platform: delivery.platform, why }));
      return undefined;
    }
  }
}

/** Whether what would be sent now is what the claim was made for. Other words are another revision's business. */
function isSame(claim: Claim, delivery: Delivery, { parts }: Outgoing): boolean {
  if (claim.hash !== delivery.hash) return true;
  return parts.map(hashPart).join() === claim.parts.join();
}

async function doubt(ledger: Ledger, error: PulseError): Promise<void> {
  await ledger.write({ type: 'doubted', error: describe(error) });
}

/** Whether a person said `/pulse retry` since the last claim. */
function settledAfter(delivery: Delivery, last: Claim | undefined): boolean {
  return delivery.settled?.how === 'retry' && delivery.settled.at >= (last?.at ?? 0);
}
