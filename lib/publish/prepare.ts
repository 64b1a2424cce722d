import { asPulseError, fail, type PulseError } from '../errors.ts';
import type { Connection, Outgoing, Platform } from '../platforms/platform.ts';
import type { Delivery } from '../store/record.ts';
import type { Publishing } from './context.ts';
import { backoff, longestWait } from './due.ts';
import type { Ledger } from './ledger.ts';
import { describe } from './send.ts';

/** What is needed to talk to the network about one delivery. */
export interface Prepared {
  platform: Platform;
  outgoing: Outgoing;
  connection: Connection;
}

/** Gets it; gives the error where that cannot be had. */
export async function prepare(
  delivery: Delivery,
  id: string,
  context: Publishing,
): Promise<Prepared | PulseError> {
  try {
    const platform = context.platform(delivery.platform);
    const account = context.profile.accounts.find(({ name }) => name === delivery.target);
    if (!account) {
      const why = `the profile has no account "${delivery.target}"`;
      return fail('DELIVERY_NOT_ALLOWED', { delivery: id, why });
    }
    const content = await context.outgoing(delivery);
    const { language } = context;
    const outgoing = { delivery: id, ...content, ...(language !== undefined && { language }) };
    return { platform, outgoing, connection: await context.connect(account) };
  } catch (thrown) {
    return asPulseError(thrown);
  }
}

/** Nothing could be done now: later where that can help, else it failed, or a person decides where it may be out. */
export async function standDown(
  ledger: Ledger,
  thrown: PulseError,
  { clock, log, timing = {} }: Publishing,
): Promise<void> {
  log.warn({ err: thrown, target: ledger.delivery().target }, 'nothing was sent');
  const { status, attempt, due, settled, expires = 0 } = ledger.delivery();
  const error = describe(thrown);
  const now = clock.now();
  const wait = (timing.backoff ?? backoff)(Math.max(1, attempt));
  // Asking again makes no claim that would be counted: the longer nobody has answered, the longer we wait.
  const since = Math.max(due, settled?.at ?? 0, expires);
  const asking = attempt === 0 ? 0 : Math.min(longestWait, Math.floor((now - since) / 2));
  const retryAt = Math.max(now + Math.max(wait, asking), Number(thrown.details.until ?? 0));
  if (error.retryable && status === 'scheduled')
    await ledger.write({ type: 'postponed', error, retryAt });
  else if (error.retryable) await ledger.write({ type: 'unanswered', error, retryAt });
  else await ledger.write({ type: status === 'publishing' ? 'doubted' : 'refused', error });
}
