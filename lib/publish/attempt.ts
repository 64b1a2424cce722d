import { fail } from '../errors.ts';
import type { Delivery, Receipt } from '../store/record.ts';
import { type Claim, hashPart, makeClaim } from './claim.ts';
import { graceIn, type Publishing } from './context.ts';
import { backoff } from './due.ts';
import type { Ledger } from './ledger.ts';
import type { Prepared } from './prepare.ts';
import { describe, lookAgain, postponedBy, send } from './send.ts';

/** What an attempt starts from: every claim made before, and the receipts of the parts that are out. */
export interface Start extends Prepared {
  claims: readonly Claim[];
  receipts: readonly Receipt[];
}

/** One attempt: ask whether it may be, claim, write the intent down, act. */
export async function attempt(
  ledger: Ledger,
  id: string,
  start: Start,
  context: Publishing,
): Promise<void> {
  const { clock, timing = {} } = context;
  const { settled, status, error: before, platform } = ledger.delivery();
  const tried = start.claims.filter(({ at }) => at > (settled?.at ?? 0)).length;
  const most = timing.attempts ?? 12;
  if (tried >= most) {
    const known = before && before.code !== 'DELIVERY_UNKNOWN';
    const error = known ? before : describe(fail('CLAIM_EXPIRED', { delivery: id }));
    await ledger.write({ type: 'refused', error: { ...error, retryable: false } });
    return;
  }
  const stopped = await context.stopped?.(ledger.delivery());
  if (stopped !== undefined) {
    await ledger.write(postponedBy(stopped, clock.now()));
    return;
  }
  const answer = await context.confirm(ledger.delivery());
  if (!answer.ok) {
    const error = describe(fail('DELIVERY_NOT_ALLOWED', { delivery: id, why: answer.why }));
    const retryAt = clock.now() + lookAgain;
    // Nothing of it is in flight, as the network has just said; a thread that stands half is for people to finish.
    if (status === 'scheduled') await ledger.write({ type: 'postponed', error, retryAt });
    else await ledger.write({ type: 'refused', error });
    return;
  }
  const claim = writeClaim(ledger.delivery(), id, start, context);
  if ((await makeClaim(context.files, claim, clock)) === 'lost') return;
  const { attempt, expires } = claim;
  context.log.info({ delivery: id, attempt }, 'claimed');
  if (!(await ledger.write({ type: 'claimed', attempt, expires }))) return;
  const wait = (timing.backoff ?? backoff)(tried + 1);
  const later = () =>
    tried + 1 < most
      ? Math.max(clock.now() + wait, expires + graceIn(context, platform))
      : undefined;
  await send(ledger, { ...start, claim }, { ...context, later });
}

function writeClaim(
  delivery: Delivery,
  id: string,
  { claims, outgoing, platform }: Start,
  { clock, holder, timing }: Publishing,
): Claim {
  const at = clock.now();
  const earlier = claims.at(-1);
  const random = clock.random(8 * outgoing.parts.length);
  // What was prepared stays in the record: it is of no use to a later revision, which takes over the handles alone.
  const chosen = platform.handles?.(outgoing, at, random, earlier?.handles ?? []) ?? [];
  const lasts = Math.max(timing?.claim ?? 60_000, Math.ceil(platform.lasts?.(outgoing) ?? 0));
  return {
    delivery: id,
    attempt: (earlier?.attempt ?? 0) + 1,
    nonce: Buffer.from(clock.random(16)).toString('hex'),
    holder,
    at,
    expires: at + lasts,
    revision: delivery.revision,
    hash: delivery.hash,
    handles: outgoing.parts.map((_, part) => ({ ...chosen[part] })),
    parts: outgoing.parts.map(hashPart),
  };
}
