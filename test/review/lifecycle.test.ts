import { describe, expect, it } from 'vitest';
import { allows, lifecycle, postEvents, transition } from '../../lib/review/lifecycle.ts';
import { postStatuses, type PostStatus } from '../../lib/store/record.ts';
import { aRecord } from './record.ts';

const now = 1_800_000_000_000;

describe('the editorial life cycle', () => {
  const cells = postStatuses.flatMap((status) => postEvents.map((event) => ({ status, event })));

  it.each(cells)('$status on $event does what the table says', ({ status, event }) => {
    const record = aRecord({ status, held: { from: 'review', why: 'asked' } });
    const row: Partial<Record<string, PostStatus>> = lifecycle[status];
    const next = row[event];
    expect(allows(status, event)).toBe(next !== undefined);
    if (next === undefined) {
      expect(() => transition(record, event, now)).toThrow(/cannot happen/);
      return;
    }
    const after = transition(record, event, now);
    expect(after.status).toBe(event === 'resumed' ? 'review' : next);
    expect(after.held === undefined).toBe(after.status !== 'held');
  });

  it('goes back to where it was held from', () => {
    for (const status of ['thinking', 'review', 'approved'] as const) {
      const held = transition(aRecord({ status }), 'held', now, 'closed');
      expect(held).toMatchObject({ status: 'held', held: { from: status, why: 'closed' } });
      expect(transition(held, 'resumed', now)).toMatchObject({ status });
    }
  });

  it('ends nothing for ever but what is out: every state can be left', () => {
    for (const status of postStatuses) {
      const targets = Object.values(lifecycle[status] as Record<string, PostStatus>);
      expect(targets.some((target) => target !== status)).toBe(true);
    }
  });
});
