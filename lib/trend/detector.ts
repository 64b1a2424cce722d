import type { Signal } from '../ingest/signal.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type Counter, createCounter } from './counter.ts';
import { judge } from './judge.ts';
import { unmarked } from './story/marked.ts';
import { continueTrends, type Open } from './story/open.ts';
import { defaultOptions, type DetectorOptions } from './options.ts';
import type { Past } from './past.ts';
import type { HourTally } from './sketch/tallies.ts';
import { spelledBy } from './story/spelling.ts';
import type { KeyAccount, Trend } from './trend.ts';
import { uniteTrends } from './story/unite.ts';

/** Posts on a trend whose authors were early on it. */
const mostEarly = 40;

/** What a detector goes on from: what was usual on each network, trends that have not ended, accounts it knows. */
export interface Known {
  pasts: ReadonlyMap<string, Past>;
  open: readonly Open[];
  accounts: readonly KeyAccount[];
}

/** Finds what is posted about more than usual. Deterministic: the same posts and times give the same to the last digit. */
export interface Detector {
  /** Counts a post. Posts come in the order of their time; a late one counts where the clock stands. */
  add(signal: Signal): void;
  /** Takes what a shard counted of an hour. Hours come in order; several may be of the same one. */
  addTally(hour: HourTally): void;
  /** Ends every hour and day that is over at `at` (ms UTC), on all networks, so that `known` holds them. */
  advance(at: number): void;
  /** Holds a post that a shard counted, to read names and evidence from. */
  hold(signal: Signal): void;
  /** What is trending at `now` (ms UTC), strongest first: the hour and the day that `now` ends or lies in. */
  tick(now: number): Trend[];
  /** Accounts that posted about trends before they were seen, those that matter most first. */
  accounts(): KeyAccount[];
  /** To go on from another time. */
  known(): Known;
  /** Counter of one network, if it had a post. */
  counter(network: string): Counter | undefined;
}

/**
 * A detector, new or one that goes on. Each network has a past of its own, because they differ in volume and words; trends
 * that several share become one.
 */
export function createDetector(
  options: Partial<DetectorOptions> = {},
  known: Known = { pasts: new Map(), open: [], accounts: [] },
): Detector {
  const settings: DetectorOptions = { ...defaultOptions, ...options };
  const counters = new Map<string, Counter>();
  for (const [network, past] of known.pasts) counters.set(network, createCounter(settings, past));
  const spelled = spelledBy(settings.canonical);
  let { open } = known;
  const accounts: Accounts = createAccounts(known.accounts);

  const counterOf = (network: string): Counter => {
    let counter = counters.get(network);
    if (counter === undefined) counters.set(network, (counter = createCounter(settings)));
    return counter;
  };

  return {
    add: (signal) => {
      counterOf(signal.network).add(signal);
    },
    addTally: ({ network, hour, tally }) => {
      counterOf(network).addTally(hour, tally);
    },
    advance: (at) => {
      for (const counter of counters.values()) counter.advance(at);
    },
    hold: (signal) => {
      counterOf(signal.network).hold(signal);
    },
    tick(now) {
      const found = [...counters].map(([, counter]) => {
        // The hour that ends now is judged whole, before the next begins.
        counter.advance(now - 1);
        return judge(counter, now, settings);
      });
      const next = continueTrends(uniteTrends(found, spelled), open, now, settings.window, spelled);
      open = next.open;
      for (const { id, first } of next.fresh) accounts.credit(id, unmarked(first, mostEarly), now);
      return next.trends.slice(0, settings.most);
    },
    accounts: () => accounts.list(),
    known: () => ({
      pasts: new Map([...counters].map(([network, { past }]) => [network, past])),
      open,
      accounts: accounts.list(),
    }),
    counter: (network) => counters.get(network),
  };
}
