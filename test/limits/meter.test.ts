import { describe, expect, it } from 'vitest';
import type { PulseError } from '../../lib/errors.ts';
import { createMeter, type Metered } from '../../lib/limits/meter.ts';
import { type Limits, limitsSchema } from '../../lib/limits/state.ts';

const start = Date.parse('2026-11-21T23:30:00Z');
const metered: Metered = {
  account: 'x/main',
  network: 'x',
  title: 'X',
  allowances: {
    publish: { requests: 100, per: 900_000, price: 0.2 },
    search: { requests: 300, per: 900_000 },
    any: { requests: 10, per: 60_000 },
  },
  budget: 0.5,
};

function set(change: Partial<Metered> = {}) {
  const limits: Limits = { accounts: {}, networks: {} };
  const clock = { now: start };
  const meter = createMeter({ ...metered, ...change }, limits, () => clock.now);
  const refused = (operation: string, price?: number) => {
    try {
      meter.spend(operation, price);
      return undefined;
    } catch (error) {
      return error as PulseError;
    }
  };
  return { limits, clock, meter, refused };
}

describe('money', () => {
  it('is counted a day, and what is over is refused until midnight UTC', () => {
    const { clock, refused, limits } = set();
    expect(refused('publish')).toBeUndefined();
    expect(refused('publish')).toBeUndefined();
    expect(refused('publish')).toMatchObject({
      code: 'DELIVERY_BUSY',
      message: expect.stringContaining("today's budget of $0.50 is spent") as string,
      details: { until: Date.parse('2026-11-22T00:00:00Z') },
    });
    // What costs less may still fit.
    expect(refused('publish', 0.015)).toBeUndefined();
    expect(limits.accounts['x/main']?.spent).toEqual({ day: '2026-11-21', dollars: 0.415 });
    clock.now = Date.parse('2026-11-22T00:00:00Z');
    expect(refused('publish')).toBeUndefined();
  });
});

it('charges for what an answer showed, and then asks no more', () => {
  const { meter, refused, limits } = set();
  expect(refused('search')).toBeUndefined();
  meter.learn('search', { status: 200, spent: 0.5 });
  expect(limits.accounts['x/main']?.spent?.dollars).toBe(0.5);
  expect(refused('search')?.message).toContain("today's budget of $0.50 is spent");
  expect(refused('publish')?.message).toContain("today's budget of $0.50 is spent");
});

describe('reading', () => {
  it('stops before writing must', () => {
    const { refused } = set({ budget: 100 });
    for (let n = 0; n < 8; n += 1) expect(refused('search')).toBeUndefined();
    expect(refused('search')?.details.until).toBe(start + 60_000);
    expect(refused('publish')).toBeUndefined();
    expect(refused('publish')).toBeUndefined();
    expect(refused('publish')?.message).toContain('its limit on requests is used up');
  });
});

describe('a network that keeps failing', () => {
  it('is left alone, tried once, and left alone for longer', () => {
    const { clock, meter, refused } = set({ budget: 100, allowances: {} });
    for (let n = 0; n < 5; n += 1) {
      expect(refused('publish')).toBeUndefined();
      meter.learn('publish', { status: n % 2 === 0 ? 503 : 0 });
    }
    expect(refused('publish')?.details.until).toBe(start + 60_000);
    clock.now += 60_000;
    expect(refused('publish')).toBeUndefined();
    // The others wait for what comes of it.
    expect(refused('publish')?.details.until).toBe(clock.now + 60_000);
    meter.learn('publish', { status: 502 });
    expect(refused('publish')?.details.until).toBe(clock.now + 120_000);
    clock.now += 120_000;
    expect(refused('publish')).toBeUndefined();
    meter.learn('publish', { status: 200 });
    expect(refused('publish')).toBeUndefined();
    expect(refused('publish')).toBeUndefined();
  });

  it('is not one that merely refuses us', () => {
    const { meter, refused } = set({ budget: 100, allowances: {} });
    for (let n = 0; n < 20; n += 1)
      meter.learn('publish', { status: [400, 403, 404, 429][n % 4]! });
    meter.learn('publish', { status: 0 });
    expect(refused('publish')).toBeUndefined();
  });
});

it('keeps what fits its schema', () => {
  const { meter, limits } = set();
  meter.spend('publish');
  meter.learn('publish', { status: 200, limit: 100, remaining: 99, reset: start + 1000 });
  meter.learn('search', { status: 0 });
  expect(limitsSchema.parse(JSON.parse(JSON.stringify(limits)))).toEqual(limits);
});
