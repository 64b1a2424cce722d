import { describe, expect, it } from 'vitest';
import { backoff, dueDeliveries, nextDue } from '../../lib/publish/due.ts';
import type { Delivery, PostRecord } from '../../lib/store/record.ts';
import { approvedPost, scheduled } from './post.ts';

const graceOf = () => 10;
const at = (extra: Partial<Delivery>) => ({ ...scheduled('outbox', 'outbox', 100), ...extra });
const post = (delivery: Delivery, extra: Partial<PostRecord> = {}): PostRecord => ({
  ...approvedPost('p', [delivery]),
  ...extra,
});

describe('when a delivery wants work', () => {
  it.each<[string, PostRecord, number | undefined]>([
    ['at its time', post(at({})), 100],
    ['later after a failure', post(at({ retryAt: 300 })), 300],
    ['never without an approval', post(at({}), { status: 'review' }), undefined],
    ['never while it is held', post(at({}), { status: 'held' }), undefined],
    [
      'when its claim and the grace are over',
      post(at({ status: 'publishing', expires: 200 })),
      210,
    ],
    [
      'also when the post is held by then',
      post(at({ status: 'publishing', expires: 200 }), { status: 'held' }),
      210,
    ],
    ['never once it is out', post(at({ status: 'published' })), undefined],
    ['never while a person decides', post(at({ status: 'unknown' })), undefined],
    ['never once it has failed', post(at({ status: 'failed', retryAt: 5 })), undefined],
  ])('%s', (_name, record, expected) => {
    expect(nextDue(record, graceOf)).toBe(expected);
    const due = expected ?? 1e9;
    expect(dueDeliveries(record, due - 1, graceOf)).toEqual([]);
    expect(dueDeliveries(record, due, graceOf)).toHaveLength(expected === undefined ? 0 : 1);
  });

  it('never before the post is on the default branch', () => {
    const unmerged = post(at({}));
    delete unmerged.mergedAs;
    expect(nextDue(unmerged, graceOf)).toBeUndefined();
  });

  it('is the earliest of several', () => {
    const deliveries = [scheduled('a', 'outbox', 50), scheduled('b', 'outbox', 20)];
    expect(nextDue(approvedPost('p', deliveries), graceOf)).toBe(20);
  });

  it('waits longer after each failure, up to half an hour', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 60].map((attempt) => backoff(attempt) / 60_000);
    expect(minutes).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });
});
