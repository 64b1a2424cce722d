import { isError } from '../errors.ts';
import type { Delivery, PostRecord } from '../store/record.ts';
import type { Publishing } from './context.ts';
import { type DeliveryEvent, isLegal, transition } from './delivery.ts';

/**
 * One delivery in the record of its post, changed event by event. Others write other parts of the same record meanwhile,
 * so each event is applied to the newest record there is.
 */
export interface Ledger {
  record(): PostRecord;
  delivery(): Delivery;
  /**
   * Writes what happened. False when the delivery has moved on without us, to a later attempt or a status in which the
   * event cannot be: whoever moved it has asked the network, and their word stands.
   */
  write(event: DeliveryEvent): Promise<boolean>;
}

type Claimed = Extract<DeliveryEvent, { type: 'claimed' }>;

/** Tries before a record that changes all the time is given up; far more than can happen. */
const tries = 20;

export function openLedger(
  start: PostRecord,
  target: string,
  { records, clock }: Pick<Publishing, 'records' | 'clock'>,
): Ledger {
  let record = start;
  const find = () => record.deliveries.find((each) => each.target === target);
  const delivery = () => {
    const found = find();
    if (!found) throw new Error(`the record of ${record.id} has no delivery to ${target}`);
    return found;
  };
  const apply = (event: DeliveryEvent): PostRecord => ({
    ...record,
    deliveries: record.deliveries.map((each) =>
      each.target === target ? transition(each, event, clock.now()) : each,
    ),
  });
  return {
    record: () => record,
    delivery,
    async write(event) {
      const attempt = event.type === 'claimed' ? event.attempt : delivery().attempt;
      for (let n = 1; ; n += 1) {
        const now = find();
        if (!now || now.attempt > attempt || !isLegal(now.status, event.type)) return false;
        if (event.type === 'claimed' && isWritten(now, event)) return true;
        try {
          record = await records.save(apply(event));
          return true;
        } catch (error) {
          if (!isError(error, 'STORE_CONFLICT') || n === tries) throw error;
        }
        record = await records.load();
      }
    },
  };
}

/** Whoever lost the claim may have written down who won it. */
function isWritten(delivery: Delivery, { attempt, expires }: Claimed): boolean {
  const { status } = delivery;
  return status === 'publishing' && delivery.attempt === attempt && delivery.expires === expires;
}
