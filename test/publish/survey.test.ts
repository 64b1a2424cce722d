import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Found } from '../../lib/platforms/platform.ts';
import { judge } from '../../lib/publish/survey.ts';
import type { Delivery, Receipt } from '../../lib/store/record.ts';
import { scheduled } from './post.ts';

const out = (part: number): Receipt => ({ part, id: `id-${String(part)}`, at: 5 });
const publishing = (receipts: Receipt[] = []): Delivery => ({
  ...scheduled('x'),
  status: 'publishing',
  attempt: 1,
  receipts,
});
const settled = (receipts: Receipt[] = []): Delivery => ({
  ...publishing(receipts),
  status: 'scheduled',
});

describe('judge', () => {
  it.each<[string, Found[], Delivery, boolean, object]>([
    ['all are out', [out(0), out(1)], publishing(), false, { next: 'done' }],
    ['none is out', ['absent', 'absent'], publishing(), false, { next: 'send', receipts: [] }],
    ['half is out', [out(0), 'absent'], publishing(), false, { next: 'send', receipts: [out(0)] }],
    ['nobody can tell', ['unknown'], publishing(), false, { next: 'ask a person' }],
    ['nobody can tell, but it was refused', ['unknown'], settled(), false, { next: 'send' }],
    ['nobody can tell, but we know', ['unknown'], publishing([out(0)]), false, { next: 'done' }],
    ['it was removed', ['absent'], publishing([out(0)]), false, { next: 'ask a person' }],
    ['it was removed after', ['absent'], settled([out(0)]), false, { next: 'ask a person' }],
    ['it was removed, sent anew', ['absent'], settled([out(0)]), true, { next: 'send' }],
    ['the first is gone', ['absent', out(1)], publishing(), false, { next: 'ask a person' }],
    ['the first is gone, sent anew', ['absent', out(1)], settled(), true, { next: 'send' }],
  ])('%s', (_name, found, delivery, vouched, verdict) => {
    expect(judge(found, delivery, vouched)).toMatchObject(verdict);
  });

  it('never sends a part that is out, nor one that may be in flight', () => {
    const answer = fc.constantFrom('absent', 'unknown', 'out');
    const arbitrary = fc.record({
      answers: fc.array(answer, { minLength: 1, maxLength: 5 }),
      recorded: fc.array(fc.nat(4)),
      vouched: fc.boolean(),
    });
    fc.assert(
      fc.property(arbitrary, ({ answers, recorded, vouched }) => {
        const found = answers.map((each, part) => (each === 'out' ? out(part) : (each as Found)));
        const receipts = [...new Set(recorded)].filter((part) => part < found.length).map(out);
        const verdict = judge(found, publishing(receipts), vouched);
        if (verdict.next === 'ask a person') return;
        const known = verdict.receipts.map(({ part }) => part);
        for (const [part, each] of found.entries()) {
          if (typeof each === 'object') expect(known).toContain(part);
          if (!known.includes(part)) expect(each).toBe('absent');
        }
        expect(verdict.next === 'done').toBe(known.length === found.length);
      }),
    );
  });
});
