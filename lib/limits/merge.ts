import { type AccountLimits, dayOf, type Limits } from './state.ts';
import type { Window } from './window.ts';

/**
 * What two processes know together: `ours` as it is, `base` as it was when we read it, `theirs` as it is stored now.
 * Calls and money that both counted since are added up; of what networks said the later and the stricter wins. Pure.
 */
export function mergeLimits(base: Limits, ours: Limits, theirs: Limits, now: number): Limits {
  const accounts: Limits['accounts'] = {};
  for (const name of keys(ours.accounts, theirs.accounts))
    accounts[name] = mergeAccount(
      base.accounts[name],
      ours.accounts[name] ?? { windows: {} },
      theirs.accounts[name] ?? { windows: {} },
      now,
    );
  const networks: Limits['networks'] = {};
  for (const name of keys(ours.networks, theirs.networks)) {
    const [mine, before] = [ours.networks[name], base.networks[name]];
    // What we did not touch is theirs to say.
    const unchanged = mine?.failures === before?.failures && mine?.until === before?.until;
    const kept = unchanged ? theirs.networks[name] : mine;
    // One that is closed is as good as none.
    if (kept !== undefined && kept.failures > 0) networks[name] = kept;
  }
  return { accounts, networks };
}

function mergeAccount(
  base: AccountLimits | undefined,
  ours: AccountLimits,
  theirs: AccountLimits,
  now: number,
): AccountLimits {
  const windows: AccountLimits['windows'] = {};
  for (const name of keys(ours.windows, theirs.windows)) {
    const merged = mergeWindow(base?.windows[name], ours.windows[name], theirs.windows[name]);
    if (merged !== undefined) windows[name] = merged;
  }
  const today = dayOf(now);
  const dollars = (limits: AccountLimits | undefined) =>
    limits?.spent?.day === today ? limits.spent.dollars : 0;
  const spent = dollars(theirs) + Math.max(0, dollars(ours) - dollars(base));
  return { windows, ...(spent > 0 && { spent: { day: today, dollars: spent } }) };
}

function mergeWindow(
  base: Window | undefined,
  ours: Window | undefined,
  theirs: Window | undefined,
): Window | undefined {
  if (ours === undefined || theirs === undefined) return ours ?? theirs;
  const since = ours.start === base?.start ? ours.used - base.used : ours.used;
  const start = Math.max(ours.start, theirs.start);
  const told = [ours, theirs].filter(({ reset }) => reset !== undefined);
  const latest = Math.max(...told.map(({ reset = 0 }) => reset));
  const remaining = Math.min(
    ...told.filter(({ reset }) => reset === latest).map((window) => window.remaining ?? Infinity),
  );
  return {
    start,
    used: (theirs.start === start ? theirs.used : 0) + (ours.start === start ? since : 0),
    ...(told.length > 0 && Number.isFinite(remaining) && { remaining, reset: latest }),
  };
}

function keys(...records: object[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}
