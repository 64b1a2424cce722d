import { fail } from '../errors.ts';
import type { Handle } from '../platforms/platform.ts';
import type { Delivery, DeliveryStatus, Person, Receipt } from '../store/record.ts';

export const deliveryEvents = [
  /** A claim was made, by us or by whoever the claims on the state branch name. */
  'claimed',
  /** The network has something of ours that nobody can see yet: a container, an upload. */
  'prepared',
  /** A part is out; more follow. */
  'sent',
  /** Every part is out. */
  'completed',
  /** Known not to be out and not tried again by the machine. */
  'refused',
  /** Known not to be out, tried again later. */
  'postponed',
  /** May be out; the network is asked when the claim has run out. */
  'unanswered',
  /** May be out and nobody can be asked: a person decides. */
  'doubted',
  /** An approval bound it to a revision and a time. */
  'bound',
  /** No longer wanted. */
  'cancelled',
  /** A person said: try again. */
  'retried',
  /** A person said: leave it as it is. */
  'skipped',
] as const;
export type DeliveryEventType = (typeof deliveryEvents)[number];

export type DeliveryError = NonNullable<Delivery['error']>;

/** What happened, with what goes into the record. Times are ms UTC. */
export type DeliveryEvent =
  | { type: 'claimed'; attempt: number; expires: number }
  | { type: 'prepared'; part: number; handle: Handle }
  | { type: 'sent'; receipt: Receipt }
  | { type: 'completed'; receipts: readonly Receipt[] }
  | { type: 'refused'; error: DeliveryError }
  | { type: 'postponed'; retryAt: number; error?: DeliveryError }
  | { type: 'unanswered'; error: DeliveryError; retryAt?: number }
  | { type: 'doubted'; error: DeliveryError }
  | { type: 'bound'; due: number; revision: number; hash: string }
  | { type: 'cancelled' }
  | { type: 'retried'; by?: Person; bound?: { revision: number; hash: string } }
  | { type: 'skipped'; by?: Person };

type Row = Partial<Record<DeliveryEventType, DeliveryStatus>>;

/** Where an event leads; what is not listed is illegal. */
export const deliveryLifecycle = {
  scheduled: {
    claimed: 'publishing',
    completed: 'published',
    refused: 'failed',
    postponed: 'scheduled',
    doubted: 'unknown',
    bound: 'scheduled',
    cancelled: 'cancelled',
    skipped: 'cancelled',
  },
  publishing: {
    claimed: 'publishing',
    prepared: 'publishing',
    sent: 'publishing',
    completed: 'published',
    refused: 'failed',
    postponed: 'scheduled',
    unanswered: 'publishing',
    doubted: 'unknown',
  },
  // What is out stays out: later edits and commands do not touch it.
  published: {},
  failed: { retried: 'scheduled', skipped: 'cancelled', cancelled: 'cancelled' },
  unknown: { completed: 'published', retried: 'scheduled', skipped: 'cancelled' },
  cancelled: { bound: 'scheduled' },
} satisfies Record<DeliveryStatus, Row>;

/** Whether `event` may happen to a delivery in `status`. */
export function isLegal(status: DeliveryStatus, event: DeliveryEventType): boolean {
  return next(status, event) !== undefined;
}

/**
 * The delivery after `event`, at `now` (ms UTC). Pure. Throws INTERNAL where the table has no such cell: whoever gets
 * there has decided on a state that is no longer so.
 */
export function transition(delivery: Delivery, event: DeliveryEvent, now: number): Delivery {
  const status = next(delivery.status, event.type);
  if (status === undefined)
    throw fail('INTERNAL', {
      why: `a delivery that is ${delivery.status} cannot be ${event.type} (${delivery.target})`,
    });
  // Each event says anew until when something holds and what went wrong.
  const { expires, error } = delivery;
  const kept: Delivery = { ...delivery, status };
  delete kept.expires;
  delete kept.retryAt;
  delete kept.error;
  switch (event.type) {
    case 'claimed':
      return { ...kept, attempt: event.attempt, expires: event.expires };
    case 'prepared':
      return { ...kept, prepared: addHandle(delivery, event), ...ifSet({ expires }) };
    case 'sent':
      return { ...kept, receipts: add(delivery.receipts, [event.receipt]), ...ifSet({ expires }) };
    case 'completed':
      return { ...kept, receipts: add(delivery.receipts, event.receipts) };
    case 'refused':
    case 'doubted':
      return { ...kept, error: event.error };
    case 'postponed':
      return { ...kept, retryAt: event.retryAt, ...ifSet({ error: event.error ?? error }) };
    case 'unanswered': {
      const { retryAt } = event;
      return { ...kept, ...ifSet({ expires }), ...ifSet({ retryAt }), error: event.error };
    }
    case 'bound':
      return bindTo({ ...kept, due: event.due }, event);
    case 'cancelled':
      return kept;
    case 'retried':
      return bindTo({ ...kept, settled: settled('retry', event.by, now) }, event.bound);
    case 'skipped':
      return { ...kept, ...ifSet({ error }), settled: settled('skip', event.by, now) };
  }
}

/** What was prepared for other words is of no use. */
function bindTo(delivery: Delivery, to: { revision: number; hash: string } | undefined): Delivery {
  if (to === undefined) return delivery;
  const bound = { ...delivery, revision: to.revision, hash: to.hash };
  if (to.hash !== delivery.hash) delete bound.prepared;
  return bound;
}

function addHandle(
  { prepared = {} }: Delivery,
  { part, handle }: { part: number; handle: Handle },
) {
  return { ...prepared, [part]: { ...prepared[part], ...handle } };
}

function settled(how: 'retry' | 'skip', by: Person | undefined, at: number): Delivery['settled'] {
  return { how, at, ...ifSet({ by }) };
}

function next(status: DeliveryStatus, event: DeliveryEventType): DeliveryStatus | undefined {
  return (deliveryLifecycle as Record<DeliveryStatus, Row>)[status][event];
}

/** Receipts by part, the newer one where both have it. */
function add(before: readonly Receipt[], more: readonly Receipt[]): Receipt[] {
  const byPart = new Map([...before, ...more].map((receipt) => [receipt.part, receipt]));
  return [...byPart.values()].sort((a, b) => a.part - b.part);
}

function ifSet<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as never;
}
