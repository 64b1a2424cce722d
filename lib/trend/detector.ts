import type { Signal } from '../ingest/signal.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type Counter, createCounter } from './counter.ts';
import { judge } from './judge.ts';
import { continueTrends, type Open } from './open.ts';
import { defaultOptions, type DetectorOptions } from './options.ts';
import { restoreCounter, type Snapshot, snapshotCounter } from './snapshot.ts';
import type { KeyAccount, Trend } from './trend.ts';
import { uniteTrends } from './unite.ts';

/** Finds what is posted about more than usual. Deterministic: the same posts and times give the same to the last digit. */
export interface Detector {
  /** Counts a post. Posts come in the order of their time; a late one counts where the clock stands. */
  add(signal: Signal): void;
  /** What is trending at `now` (ms UTC), strongest first: the hour and the day that `now` ends or lies in. */
  tick(now: number): Trend[];
  /** Accounts that posted about trends before they were seen, most often first. */
  accounts(): KeyAccount[];
  /** Everything it knows as plain JSON; holds posts of others, so it is kept in a cache and never in git. */
  snapshot(): Snapshot;
}

/**
 * A detector, new or as it was when the snapshot was taken. Each network has a baseline of its own, because they differ
 * in volume and words; trends that several share become one.
 */
export function createDetector(
  options: Partial<DetectorOptions> = {},
  snapshot?: Snapshot,
): Detector {
  const settings: DetectorOptions = { ...defaultOptions, ...options };
  const counters = new Map<string, Counter>();
  for (const [network, kept] of Object.entries(snapshot?.networks ?? {}))
    counters.set(network, restoreCounter(createCounter(settings), kept));
  let open: readonly Open[] = snapshot?.open ?? [];
  const accounts: Accounts = createAccounts(snapshot?.accounts ?? []);

  return {
    add(signal) {
      let counter = counters.get(signal.network);
      if (counter === undefined) {
        counter = createCounter(settings);
        counters.set(signal.network, counter);
      }
      counter.add(signal);
    },
    tick(now) {
      const found = [...counters].map(([, counter]) => {
        // The hour that ends now is judged whole, before the next begins.
        counter.advance(now - 1);
        return judge(counter, now, settings);
      });
      const known = new Set(open.map(({ id }) => id));
      const next = continueTrends(uniteTrends(found), open, now, settings.window);
      open = next.open;
      for (const trend of next.trends) if (!known.has(trend.id)) accounts.credit(trend);
      return next.trends.slice(0, settings.most);
    },
    accounts: () => accounts.list(),
    snapshot: () => ({
      version: 1,
      networks: Object.fromEntries(
        [...counters]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([network, counter]) => [network, snapshotCounter(counter)]),
      ),
      open,
      accounts: accounts.list(),
    }),
  };
}
