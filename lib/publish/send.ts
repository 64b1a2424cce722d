import { asPulseError, fail, type PulseError } from '../errors.ts';
import type { Attempt, Connection, Handle, Outgoing } from '../platforms/platform.ts';
import type { Receipt } from '../store/record.ts';
import { type Claim, handlesOf } from './claim.ts';
import type { Publishing, Stop } from './context.ts';
import { startDeadline } from './deadline.ts';
import type { DeliveryError, DeliveryEvent } from './delivery.ts';
import type { Ledger } from './ledger.ts';

/** What goes into the record about an error; its cause stays in the log. */
export function describe({ code, message, remedy, retryable, details }: PulseError): DeliveryError {
  const { link } = details;
  return { code, message, remedy, retryable, ...(typeof link === 'string' && { link }) };
}

/** After people stopped publishing, or a refusal of ours, before we look again, ms. */
export const lookAgain = 300_000;

/** Stopped by people: looked at again for as long as it takes. */
export function postponedBy(stop: Stop, now: number): DeliveryEvent {
  const error = describe(fail('DELIVERY_STOPPED', { ...stop }));
  return { type: 'postponed', error, retryAt: now + lookAgain };
}

/** What is to be sent; `receipts` are those of the parts that are out. */
interface Sending {
  connection: Connection;
  outgoing: Outgoing;
  claim: Claim;
  receipts: readonly Receipt[];
}

type Context = Pick<Publishing, 'clock' | 'log' | 'stopped'> & { later: () => number | undefined };

/**
 * Sends the parts that are not out, in order, under a claim that is ours, and writes down each as it goes.
 * `later` says when a failed attempt is made again; undefined when it is not.
 */
export async function send(ledger: Ledger, sending: Sending, context: Context): Promise<void> {
  const { connection, outgoing, claim } = sending;
  const { clock, log, later } = context;
  const deadline = startDeadline(claim.delivery, claim.expires, clock);
  const receipts = [...sending.receipts];
  try {
    for (const index of outgoing.parts.keys()) {
      if (receipts.some(({ part }) => part === index)) continue;
      // Before the first one the attempt has just asked.
      const stop = index > 0 ? await context.stopped?.(ledger.delivery()) : undefined;
      if (stop) {
        await ledger.write(postponedBy(stop, clock.now()));
        return;
      }
      const sent = receipts.filter(({ part }) => part < index);
      let receipt: Receipt;
      try {
        receipt = await patiently(claim, clock, () =>
          publish(ledger, sending, index, { sent, deadline }),
        );
      } catch (thrown) {
        const error = asPulseError(thrown);
        log.warn({ err: error, delivery: claim.delivery, part: index }, 'a part was not sent');
        const found = mayBeOut(error) ? await ask(ledger, sending, index, sent) : undefined;
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

/** How long a network that said when to come back is waited for with the claim in hand, ms. */
const patience = 10_000;
/** Times a part is waited for in one attempt. */
const waits = 5;

/** Sends; where the network says "in a moment", and that is well before the claim ends, after that moment. */
async function patiently(
  { expires }: Claim,
  clock: Publishing['clock'],
  act: () => Promise<Receipt>,
): Promise<Receipt> {
  for (let n = 0; ; n += 1) {
    try {
      return await act();
    } catch (thrown) {
      const { code, details } = asPulseError(thrown);
      const until = Number(details.until ?? Infinity);
      const now = clock.now();
      const soon = until - now <= patience && until < now + (expires - now) / 2;
      if (code !== 'DELIVERY_BUSY' || !soon || n === waits) throw thrown;
      await clock.sleep(Math.max(0, until - now));
    }
  }
}

/** Asks the network to take a part; what it prepares for it is in the record before it is used. */
function publish(
  ledger: Ledger,
  { connection, outgoing, claim }: Sending,
  part: number,
  { sent, deadline }: Pick<Attempt, 'sent' | 'deadline'>,
): Promise<Receipt> {
  if (!connection.publish) throw fail('INTERNAL', { why: 'the platform cannot publish' });
  const handles = handlesOf(claim, ledger.delivery());
  const keep = async (handle: Handle) => {
    if (!(await ledger.write({ type: 'prepared', part, handle })))
      throw fail('CLAIM_EXPIRED', { delivery: claim.delivery });
  };
  return connection.publish(outgoing, part, { handles, sent, deadline, keep });
}

/** Everything but the answers that are known to mean the opposite, errors we did not foresee included. */
function mayBeOut({ code }: PulseError): boolean {
  return !final(code) && code !== 'DELIVERY_BUSY' && code !== 'CLAIM_EXPIRED';
}

/** Known not to be out, and not to be tried again before a person has acted. */
function final(code: PulseError['code']): boolean {
  return ['DELIVERY_REFUSED', 'CREDENTIALS_REFUSED', 'CREDENTIALS_MISSING'].includes(code);
}

/** A first look after an answer that never came: found means sent, anything else means nothing yet. */
async function ask(
  ledger: Ledger,
  { connection, outgoing, claim }: Sending,
  index: number,
  sent: readonly Receipt[],
): Promise<Receipt | undefined> {
  try {
    const handles = handlesOf(claim, ledger.delivery());
    const found = await connection.find?.(outgoing, index, handles, sent);
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
  if (final(thrown.code) || retryAt === undefined) return { type: 'refused', error };
  const until = thrown.details.until;
  return { type: 'postponed', error, retryAt: Math.max(retryAt, Number(until ?? 0)) };
}
