import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlot } from '../../lib/publish/slot.ts';

type Posting = Parameters<typeof nextSlot>[0];
type Window = Posting['windows'][number];

const weekdays: Window['days'] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const berlin = (...windows: Window[]): Posting => ({ zone: 'Europe/Berlin', windows });
const office = berlin({ days: weekdays, from: '09:00', to: '17:00' });

describe('the next posting slot', () => {
  it.each<[string, Posting, string, string]>([
    ['at any time', berlin(), '2026-11-21T03:00Z', '2026-11-21T03:00Z'],
    ['now, in a window', office, '2026-11-20T12:34Z', '2026-11-20T12:34Z'],
    ['now, at its first minute', office, '2026-11-20T08:00Z', '2026-11-20T08:00Z'],
    ['not at its end', office, '2026-11-19T16:00Z', '2026-11-20T08:00Z'],
    ['after the weekend', office, '2026-11-20T16:30Z', '2026-11-23T08:00Z'],
    ['in winter', office, '2026-10-23T18:00Z', '2026-10-26T08:00Z'],
    ['in summer', office, '2026-03-27T18:00Z', '2026-03-30T07:00Z'],
    [
      'past midnight, the day it began',
      berlin({ days: ['fri'], from: '22:00', to: '02:00' }),
      '2026-11-20T23:30Z',
      '2026-11-20T23:30Z',
    ],
    [
      'past midnight, closed on the day after',
      berlin({ days: ['fri'], from: '22:00', to: '02:00' }),
      '2026-11-21T23:30Z',
      '2026-11-27T21:00Z',
    ],
    [
      'an hour that summer time leaves out',
      berlin({ days: ['sun'], from: '02:30', to: '04:00' }),
      '2026-03-28T12:00Z',
      '2026-03-29T01:00Z',
    ],
    [
      'an hour that winter time doubles',
      berlin({ days: ['sun'], from: '02:30', to: '04:00' }),
      '2026-10-24T12:00Z',
      '2026-10-25T00:30Z',
    ],
    [
      'the earliest of two',
      berlin(
        { days: ['wed'], from: '10:00', to: '11:00' },
        { days: ['tue'], from: '10:00', to: '11:00' },
      ),
      '2026-11-22T00:00Z',
      '2026-11-24T09:00Z',
    ],
  ])('%s', (_name, posting, now, expected) => {
    const slot = nextSlot(posting, Date.parse(now));
    expect(new Date(slot).toISOString()).toBe(new Date(expected).toISOString());
  });

  // Zones without summer time: a window that lies within the hour left out has no slot of its own.
  it('is never in the past, at most a week and a day away, and itself a slot', () => {
    const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => {
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    });
    const day = fc.constantFrom('sun' as const, 'wed' as const, 'sat' as const);
    const window = fc.record({ days: day.map((each) => [each]), from: time, to: time });
    const zone = fc.constantFrom('UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati');
    const posting = fc.record({ zone, windows: fc.array(window, { minLength: 1, maxLength: 3 }) });
    const now = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') });
    fc.assert(
      fc.property(posting, now, (where, when) => {
        const slot = nextSlot(where, when);
        expect(slot).toBeGreaterThanOrEqual(when);
        expect(slot).toBeLessThanOrEqual(when + 8 * 86_400_000);
        expect(nextSlot(where, slot)).toBe(slot);
      }),
      { numRuns: 200 },
    );
  });
});
