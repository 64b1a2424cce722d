import { utc } from '../../review/answers.ts';
import type { Asked } from '../../review/asked.ts';
import { bindingHash } from '../../review/binding.ts';
import { allows, transition } from '../../review/lifecycle.ts';
import type { PostRecord } from '../../store/record.ts';
import {
  isLegal,
  transition as transitionDelivery,
  type DeliveryEvent,
} from '../../publish/delivery.ts';
import type { State } from '../state.ts';
import type { Outcome } from './asks.ts';
import { scheduleDeliveries } from './deliveries.ts';
import { withoutScheduled } from './document.ts';
import { askForReview } from './time.ts';

const done = (record: PostRecord, text?: string): Outcome => ({
  record,
  status: 'done',
  ...(text === undefined ? {} : { text }),
});
const refused = (record: PostRecord, text: string): Outcome => ({
  record,
  status: 'refused',
  text,
});

/** Adds the approval to the record, bound to the newest revision. */
function bind(record: PostRecord, ask: Asked): PostRecord {
  const last = record.revisions.at(-1);
  if (last === undefined) return record;
  const approval = {
    by: ask.by,
    via: ask.via,
    ...(ask.ref === undefined ? {} : { ref: ask.ref }),
    on: ask.on,
    at: ask.at,
    revision: last.n,
    hash: last.hash,
  };
  return { ...record, approvals: [...record.approvals, approval] };
}

const heldBecause = {
  closed: 'reopen the issue and the merge request first.',
  branch: 'restore its branch first.',
  draft: 'mark the merge request ready first.',
} as const;

export function approve(ask: Asked, { record, observation, profile, now }: State): Outcome {
  const { document } = observation;
  const last = record.revisions.at(-1);
  if (last === undefined || document === undefined || !allows(record.status, 'approved')) {
    return refused(record, `A post that is ${record.status} cannot be approved.`);
  }
  if (record.status === 'held' && record.held?.why !== 'asked') {
    return refused(record, `It is held: ${heldBecause[record.held?.why ?? 'closed']}`);
  }
  const again = record.status === 'approved';
  const bound = transition(bind(record, ask), 'approved', now);
  // A second approval of the same revision changes nothing that is under way.
  if (again && record.approvals.some(({ hash }) => hash === last.hash)) {
    return done(bound, ask.via === 'command' ? `r${last.n} was approved already.` : undefined);
  }
  const scheduled = scheduleDeliveries(bound, document, profile, now);
  const first = Math.min(...scheduled.deliveries.map(({ due }) => due));
  const when = first <= now ? 'It goes out now.' : `It goes out at ${utc(first)}.`;
  return done(scheduled, ask.via === 'command' ? `Approved r${last.n}. ${when}` : undefined);
}

export function reject(ask: Asked, { record, now }: State): Outcome {
  if (record.deliveries.some(({ status }) => status === 'published' || status === 'publishing')) {
    return refused(record, 'Part of this post is out already, so it cannot be rejected any more.');
  }
  if (!allows(record.status, 'rejected')) {
    return refused(record, `A post that is ${record.status} cannot be rejected.`);
  }
  const text = ask.argument === '' ? 'Rejected.' : `Rejected: ${ask.argument}`;
  return done(
    transition(withoutScheduled(record), 'rejected', now),
    ask.via === 'command' ? text : undefined,
  );
}

export function hold({ record, now }: State): Outcome {
  if (record.status === 'held') return done(record);
  if (!allows(record.status, 'held')) {
    return refused(record, `A post that is ${record.status} cannot be held.`);
  }
  return done(transition(record, 'held', now, 'asked'));
}

/** The label `pulse::review`: ends the window, goes on after a hold, takes an approval back. */
export function ready({ record, now }: State): Outcome {
  switch (record.status) {
    case 'thinking':
      return done(askForReview(record, 'markedReady', now));
    case 'held':
      return done(transition(record, 'resumed', now));
    case 'approved':
      return done(transition({ ...withoutScheduled(record), approvals: [] }, 'takenBack', now));
    case 'review':
    case 'rejected':
    case 'expired':
      return done(record);
  }
}

/** `/pulse schedule` and `now`: a new time is a new revision; by someone who may approve it binds anew. */
export function reschedule(ask: Asked, { record, observation, profile, now }: State): Outcome {
  const { document } = observation;
  const last = record.revisions.at(-1);
  if (document === undefined || last === undefined) {
    return refused(record, 'The document cannot be found.');
  }
  const at = ask.what === 'now' ? 0 : parseTime(ask.argument);
  if (Number.isNaN(at)) {
    const example = utc(now + 86_400_000)
      .replace(' ', 'T')
      .replace(' UTC', '+00:00');
    return refused(
      record,
      `I need a time with its offset from UTC, e.g. \`/pulse schedule ${example}\`.`,
    );
  }
  if (at !== 0 && at < now) return refused(record, `${utc(at)} has passed.`);
  const revision = {
    n: last.n + 1,
    hash: bindingHash(document.content, at),
    file: last.file,
    variants: last.variants,
    by: 'machine' as const,
    at: now,
    // The words are those people have seen; who set the time knows the time.
    ...(last.cardedAt === undefined ? {} : { cardedAt: last.cardedAt }),
    why: `/pulse ${ask.what} by @${ask.by.username}`,
  };
  const changed = {
    ...record,
    schedule: { at, by: ask.by },
    revisions: [...record.revisions, revision],
  };
  const when = at === 0 ? 'as soon as it is approved' : `at ${utc(at)}`;
  if (record.status !== 'approved') return done(changed, `r${revision.n} goes out ${when}.`);
  const scheduled = scheduleDeliveries(bind(changed, ask), document, profile, now);
  return done(scheduled, at === 0 ? 'It goes out now.' : `Still approved; it goes out ${when}.`);
}

/** ms of an ISO 8601 time with an offset; NaN for anything else. */
function parseTime(text: string): number {
  const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?\s?(Z|[+-]\d{2}:?\d{2})$/i;
  return iso.test(text) ? Date.parse(text.replace(' ', 'T')) : NaN;
}

/** `/pulse retry` and `/pulse skip`: a person settles what the machine may not. */
export function settleDelivery(ask: Asked, { record, now }: State): Outcome {
  const name = ask.argument;
  const type = ask.what === 'retry' ? 'retried' : 'skipped';
  const approval = record.approvals.at(-1);
  if (type === 'retried' && (record.status !== 'approved' || approval === undefined)) {
    return refused(record, 'Approve the post first: what is sent again must be approved.');
  }
  const chosen = record.deliveries.filter(
    ({ target, status }) => (name === '' || target === name) && isLegal(status, type),
  );
  if (chosen.length === 0) {
    const which = name === '' ? 'No delivery' : `"${name}"`;
    return refused(
      record,
      `${which} can be ${type === 'retried' ? 'tried again' : 'skipped'} now.`,
    );
  }
  const event: DeliveryEvent =
    type === 'skipped'
      ? { type, by: ask.by }
      : {
          type,
          by: ask.by,
          ...(approval && { bound: { revision: approval.revision, hash: approval.hash } }),
        };
  const deliveries = record.deliveries.map((delivery) =>
    chosen.includes(delivery) ? transitionDelivery(delivery, event, now) : delivery,
  );
  const names = chosen.map(({ target }) => target).join(', ');
  return done(
    { ...record, deliveries },
    type === 'retried' ? `Trying ${names} again.` : `Given up: ${names}.`,
  );
}
