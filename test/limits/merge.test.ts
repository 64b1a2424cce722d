import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeLimits } from '../../lib/limits/merge.ts';
import { createMeter, type Metered } from '../../lib/limits/meter.ts';
import type { Limits } from '../../lib/limits/state.ts';

const metered: Metered = {
  account: 'x/main',
  network: 'x',
  title: 'X',
  allowances: { publish: { requests: 1e6, per: 900_000, price: 0.25 } },
  budget: 1e6,
};
const start = Date.parse('2026-11-21T10:00:00Z');

/** Processes that each read the state, make so many calls, and write it, one after another in any order. */
it('loses no call and no cent, however processes take turns', () => {
  const steps = fc.array(
    fc.record({ who: fc.nat({ max: 2 }), calls: fc.nat({ max: 5 }), flush: fc.boolean() }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(steps, (turns) => {
      let stored: Limits = { accounts: {}, networks: {} };
      const processes = Array.from({ length: 3 }, () => {
        const limits: Limits = { accounts: {}, networks: {} };
        return {
          limits,
          base: structuredClone(limits),
          meter: createMeter(metered, limits, () => start),
        };
      });
      const flush = (process: (typeof processes)[number]) => {
        stored = mergeLimits(process.base, process.limits, stored, start);
        process.base = structuredClone(stored);
        Object.assign(process.limits, structuredClone(stored));
      };
      let calls = 0;
      for (const turn of turns) {
        const process = processes[turn.who]!;
        for (let n = 0; n < turn.calls; n += 1) process.meter.spend('publish');
        calls += turn.calls;
        if (turn.flush) flush(process);
      }
      processes.forEach(flush);
      const known = stored.accounts['x/main'];
      expect(known?.windows.publish?.used ?? 0).toBe(calls);
      expect(known?.spent?.dollars ?? 0).toBeCloseTo(calls * 0.25);
    }),
  );
});

it('takes the later and the stricter word of the network', () => {
  const said = (remaining: number, reset: number): Limits => ({
    accounts: { a: { windows: { publish: { start, used: 1, remaining, reset } } } },
    networks: {},
  });
  const none: Limits = { accounts: {}, networks: {} };
  const merged = (ours: Limits, theirs: Limits) =>
    mergeLimits(none, ours, theirs, start).accounts.a?.windows.publish;
  expect(merged(said(5, start + 10), said(3, start + 10))).toMatchObject({ remaining: 3 });
  expect(merged(said(5, start + 20), said(3, start + 10))).toMatchObject({ remaining: 5 });
});

it('closes a breaker that we saw close, and keeps one that others saw open', () => {
  const open: Limits = { accounts: {}, networks: { x: { failures: 5, until: start + 60_000 } } };
  const none: Limits = { accounts: {}, networks: {} };
  expect(mergeLimits(open, none, open, start).networks).toEqual({});
  expect(mergeLimits(none, none, open, start).networks).toEqual(open.networks);
});
