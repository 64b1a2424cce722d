import { describe, expect, it } from 'vitest';
import {
  deliveryEvents,
  type DeliveryEvent,
  type DeliveryEventType,
  isLegal,
  transition,
} from '../../lib/publish/delivery.ts';
import { deliveryStatuses, type DeliveryStatus, recordSchema } from '../../lib/store/record.ts';
import { approvedPost, scheduled } from './post.ts';

const error = { code: 'X', message: 'x', remedy: 'y', retryable: true };
const receipt = { part: 0, id: 'a', at: 1 };
const by = { id: 1, username: 'alice' };

const samples: { [T in DeliveryEventType]: Extract<DeliveryEvent, { type: T }> } = {
  claimed: { type: 'claimed', attempt: 3, expires: 99 },
  prepared: { type: 'prepared', part: 0, handle: { container: '17' } },
  sent: { type: 'sent', receipt },
  completed: { type: 'completed', receipts: [receipt] },
  refused: { type: 'refused', error },
  postponed: { type: 'postponed', retryAt: 50, error },
  unanswered: { type: 'unanswered', error, retryAt: 60 },
  doubted: { type: 'doubted', error },
  bound: { type: 'bound', due: 7, revision: 4, hash: 'b'.repeat(64) },
  cancelled: { type: 'cancelled' },
  retried: { type: 'retried', by },
  skipped: { type: 'skipped', by },
};

/** Where each status may go, written down once more; what is missing must throw. */
const allowed: Record<DeliveryStatus, Partial<Record<DeliveryEventType, DeliveryStatus>>> = {
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
  published: {},
  failed: { retried: 'scheduled', skipped: 'cancelled', cancelled: 'cancelled' },
  unknown: { completed: 'published', retried: 'scheduled', skipped: 'cancelled' },
  cancelled: { bound: 'scheduled' },
};

const before = (status: DeliveryStatus) => ({
  ...scheduled('outbox'),
  status,
  attempt: 2,
  expires: 40,
  retryAt: 30,
  error,
});

describe.each(deliveryStatuses)('from %s', (status) => {
  it.each(deliveryEvents)('%s', (type) => {
    const target = allowed[status][type];
    expect(isLegal(status, type)).toBe(target !== undefined);
    if (target === undefined) {
      const attempt = () => transition(before(status), samples[type], 10);
      expect(attempt).toThrow(`a delivery that is ${status} cannot be ${type}`);
      return;
    }
    const after = transition(before(status), samples[type], 10);
    expect(after.status).toBe(target);
    const record = approvedPost('p', [after]);
    expect(recordSchema.parse(record)).toEqual(record);
    expect(after.expires !== undefined).toBe(target === 'publishing');
  });
});

describe('what an event leaves in the record', () => {
  it('adds to what was prepared, and drops it with the words it was prepared for', () => {
    const handle = (more: Record<string, string>) =>
      ({ type: 'prepared', part: 1, handle: more }) as const;
    const once = transition(before('publishing'), handle({ container: '17' }), 10);
    const twice = transition(once, handle({ upload: 'x' }), 10);
    expect(twice.prepared).toEqual({ 1: { container: '17', upload: 'x' } });
    const failed = transition(twice, { type: 'refused', error }, 10);
    const same = { revision: 5, hash: failed.hash };
    expect(transition(failed, { type: 'retried', bound: same }, 10).prepared).toEqual(
      twice.prepared,
    );
    const other = { revision: 5, hash: 'b'.repeat(64) };
    expect(transition(failed, { type: 'retried', bound: other }, 10).prepared).toBeUndefined();
  });

  it('keeps one receipt a part, in order', () => {
    const two = { part: 1, id: 'b', at: 2 };
    const half = transition(before('publishing'), { type: 'sent', receipt: two }, 10);
    const whole = transition(half, { type: 'completed', receipts: [receipt] }, 10);
    expect(whole.receipts).toEqual([receipt, two]);
  });

  it('says nothing of an old error once something new is tried', () => {
    expect(transition(before('scheduled'), samples.claimed, 10)).not.toHaveProperty('error');
    expect(transition(before('scheduled'), samples.claimed, 10)).not.toHaveProperty('retryAt');
  });

  it('remembers who asked for another attempt, and what it is bound to', () => {
    const bound = { revision: 9, hash: 'c'.repeat(64) };
    const after = transition(before('failed'), { type: 'retried', by, bound }, 77);
    expect(after).toMatchObject({ ...bound, settled: { by, at: 77, how: 'retry' } });
  });
});
