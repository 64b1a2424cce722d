import { fail } from '../errors.ts';
import type { Allowance, Meter, Said } from '../platforms/meter.ts';
import { answered, askedAgainAt, type Breaker, tried } from './breaker.ts';
import { type AccountLimits, dayAfter, dayOf, type Limits } from './state.ts';
import { freeAt, readingShare, told, used } from './window.ts';

/** What changes somebody else's account is worth more than what only looks. */
const writing = new Set(['publish', 'reply', 'media', 'remove', 'edit', 'schedule', 'refresh']);

/** One account's limits. */
export interface Metered {
  /** Its identity in `Limits.accounts`. */
  account: string;
  /** Whose breaker it shares. */
  network: string;
  /** Name of the network for people. */
  title: string;
  /** Documented windows by operation; `any` counts every operation. */
  allowances: Readonly<Record<string, Allowance>>;
  /** US dollars a day. */
  budget: number;
}

/**
 * A meter over `limits`, which it changes: by its own counting, corrected by what the network says. A call that is over
 * a limit throws DELIVERY_BUSY, which says when it may be made. `changed` is called after every change.
 */
export function createMeter(
  { account, network, title, allowances, budget }: Metered,
  limits: Limits,
  now: () => number,
  changed: () => void = () => undefined,
): Meter {
  const mine = (): AccountLimits => (limits.accounts[account] ??= { windows: {} });
  const breaker = (): Breaker => limits.networks[network] ?? { failures: 0 };
  const busy = (message: string, until: number, status = 429) =>
    fail('DELIVERY_BUSY', { platform: title, status, message, until });
  const spentToday = () => {
    const { spent } = mine();
    return spent?.day === dayOf(now()) ? spent.dollars : 0;
  };
  // Of networks that charge, what costs nothing by the call may cost by what it shows.
  const charges = Object.values(allowances).some(({ price = 0 }) => price > 0);
  const pay = (price: number) => {
    // Sums of prices would else grow digits.
    const dollars = Math.round((spentToday() + price) * 1e6) / 1e6;
    if (price > 0) mine().spent = { day: dayOf(now()), dollars };
  };
  const windowsOf = (operation: string) =>
    [operation, 'any'].flatMap((name) => {
      const allowance = allowances[name];
      return allowance === undefined ? [] : [{ name, allowance }];
    });
  return {
    spend(operation, price = allowances[operation]?.price ?? 0) {
      const at = now();
      const open = askedAgainAt(breaker(), at);
      if (open > at) throw busy('it has been failing and is left alone for a while', open, 503);
      for (const { name, allowance } of windowsOf(operation)) {
        const share = name === 'any' && !writing.has(operation) ? readingShare : 1;
        const free = freeAt(mine().windows[name], allowance, at, share);
        if (free > at)
          throw busy(`its limit on ${name === 'any' ? 'requests' : `"${name}"`} is used up`, free);
      }
      const isSpent = price > 0 ? spentToday() + price > budget : spentToday() >= budget;
      if (charges && isSpent)
        throw busy(`today's budget of $${budget.toFixed(2)} is spent`, dayAfter(at), 402);
      for (const { name, allowance } of windowsOf(operation))
        mine().windows[name] = used(mine().windows[name], allowance, at);
      pay(price);
      const next = tried(breaker(), at);
      if (next.until !== undefined) limits.networks[network] = next;
      changed();
    },
    learn(operation, said: Said) {
      const at = now();
      // What is said of an operation without a window of its own is said of the window they share.
      const name = allowances[operation] === undefined ? 'any' : operation;
      const before = mine().windows[name];
      const after = told(before, said, at);
      if (before !== undefined || said.status === 429 || said.remaining !== undefined)
        mine().windows[name] = after;
      const next = answered(breaker(), said.status, at);
      if (next.failures > 0 || limits.networks[network] !== undefined)
        limits.networks[network] = next;
      pay(said.spent ?? 0);
      changed();
    },
  };
}
