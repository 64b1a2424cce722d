import { asPulseError, type PulseError } from '../errors.ts';
import type { Connection, Outgoing } from '../platforms/platform.ts';
import type { Receipt } from '../store/record.ts';
import type { Claim } from './claim.ts';
import type { Publishing } from './context.ts';
import { startDeadline } from './deadline.ts';
import type { DeliveryError, DeliveryEvent } from './delivery.ts';
import type { Ledger } from './ledger.ts';

/** What goes into the record about an error; its cause stays in the log. */
export function describe({ code, message, remedy, retryable }: PulseError): DeliveryError {
  return { code, message, remedy, retryable };
}

/** What is to be sent; `receipts` are those of the parts that are out. */
interface Sending {
  connection: Connection;
  outgoing: Outgoing;
  claim: Claim;
  receipts: readonly Receipt[];
}

/**
 * Sends the parts that are not out, in order, under a claim that is ours, and writes down each as it goes.
 * `later` says when a failed attempt is made again; undefined when it is not.
 */
export async function send(
  ledger: Ledger,
  { connection, outgoing, claim, receipts: out }: Sending,
  { clock, log, later }: Pick<Publishing, 'clock' | 'log'> & { later: () => number | undefined },
): Promise<void> {
  const deadline = startDeadline(claim.delivery, claim.expires, clock);
  const receipts = [...out];
  try {
    for (const index of outgoing.parts.keys()) {
      if (receipts.some(({ part }) => part === index)) continue;
      const before = receipts.filter(({ part }) => part < index);
      let receipt: Receipt;
      try {
        if (!connection.publish) throw new Error('the platform cannot publish');
        receipt = await connection.publish(outgoing, index, claim.handles, before, deadline);
      } catch (thrown) {
        const error = asPulseError(thrown);
        log.warn({ err: error, delivery: claim.delivery, part: index }, 'a part was not sent');
        const found = mayBeOut(error) ? await ask(connection, outgoing, index, claim) : undefined;
        if (!found) {
          await ledger.write(afterFailure(error, connection, later()));
          return;
        }
        receipt = found;
      }
      receipts.push(receipt);
      receipts.sort((a, b) => a.part - b.part);
      const event: DeliveryEvent =
        receipts.length === outgoing.parts.length
          ? { type: 'completed', receipts }
          : { type: 'sent', receipt };
      log.info({ delivery: claim.delivery, part: index, id: receipt.id }, 'a part is out');
      if (!(await ledger.write(event))) return;
    }
  } finally {
    deadline.done();
  }
}

/** Everything but the answers that are known to mean the opposite, errors we did not foresee included. */
function mayBeOut(error: PulseError): boolean {
  return !['DELIVERY_REFUSED', 'DELIVERY_BUSY', 'CLAIM_EXPIRED'].includes(error.code);
}

/** A first look after an answer that never came: found means sent, anything else means nothing yet. */
async function ask(
  connection: Connection,
  outgoing: Outgoing,
  index: number,
  claim: Claim,
): Promise<Receipt | undefined> {
  try {
    const found = await connection.find?.(outgoing, index, claim.handles);
    return typeof found === 'object' ? found : undefined;
  } catch {
    return undefined;
  }
}

function afterFailure(
  thrown: PulseError,
  connection: Connection,
  retryAt: number | undefined,
): DeliveryEvent {
  const error = describe(thrown);
  if (mayBeOut(thrown)) return { type: connection.find ? 'unanswered' : 'doubted', error };
  if (thrown.code === 'DELIVERY_REFUSED' || retryAt === undefined)
    return { type: 'refused', error };
  const until = thrown.details.until;
  return { type: 'postponed', error, retryAt: Math.max(retryAt, Number(until ?? 0)) };
}
