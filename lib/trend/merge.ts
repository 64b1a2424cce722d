import type { Signal } from '../ingest/signal.ts';
import type { Open } from './open.ts';
import { defaultOptions, type DetectorOptions } from './options.ts';
import type { Scale } from './scale.ts';
import type { NetworkSnapshot, Snapshot, TermSnapshot } from './snapshot.ts';
import type { KeyAccount } from './trend.ts';

/**
 * What two detectors know that each saw a part of the posts of the same time: shards of one ingest. Counts of the running hour
 * and day add up exactly; the past is joined as if the parts were independent, each weighing as many posts as it saw.
 * The same whichever comes first. A post that both saw counts twice.
 */
export function mergeSnapshots(
  a: Snapshot,
  b: Snapshot,
  options: Partial<DetectorOptions> = {},
): Snapshot {
  const settings = { ...defaultOptions, ...options };
  const names = [...new Set([...Object.keys(a.networks), ...Object.keys(b.networks)])].sort();
  const networks = names.flatMap((name): [string, NetworkSnapshot][] => {
    const [one, other] = [a.networks[name], b.networks[name]];
    if (one && other) return [[name, mergeNetworks(one, other, settings)]];
    const only = one ?? other;
    return only ? [[name, only]] : [];
  });
  return {
    version: 1,
    networks: Object.fromEntries(networks),
    open: mergeBy([...a.open, ...b.open], ({ id }) => id, joinOpen),
    accounts: mergeBy([...a.accounts, ...b.accounts], keyOf, joinAccounts).sort(
      (x, y) => y.early - x.early || order(keyOf(x), keyOf(y)),
    ),
  };
}

function mergeNetworks(
  a: NetworkSnapshot,
  b: NetworkSnapshot,
  { scales, recent }: DetectorOptions,
): NetworkSnapshot {
  const numbers = scales.map((_, index) =>
    Math.max(a.buckets[index]?.number ?? -1, b.buckets[index]?.number ?? -1),
  );
  const [one, other] = [closeUntil(a, numbers, scales), closeUntil(b, numbers, scales)];
  const rates = [one, other].map(({ buckets }) =>
    buckets.map(({ before, closed }) => before / Math.max(1, closed)),
  );
  const shares = scales.map((_, index) => {
    const [x = 0, y = 0] = rates.map((rate) => rate[index] ?? 0);
    return x + y === 0 ? [0, 0] : [x / (x + y), y / (x + y)];
  });
  const terms = new Map<string, (TermSnapshot | undefined)[]>();
  for (const term of one.terms) terms.set(`${term[0]} ${term[1]}`, [term]);
  for (const term of other.terms) {
    const key = `${term[0]} ${term[1]}`;
    terms.set(key, [terms.get(key)?.[0], term]);
  }
  const merged = [...terms.values()].map((pair) => mergeTerm(pair, shares, scales));
  return {
    buckets: numbers.map((number, index) => {
      const [x, y] = [one.buckets[index], other.buckets[index]];
      return {
        number,
        posts: (x?.posts ?? 0) + (y?.posts ?? 0),
        closed: Math.max(x?.closed ?? 0, y?.closed ?? 0),
        before: (x?.before ?? 0) + (y?.before ?? 0),
      };
    }),
    terms: merged.sort((x, y) => x[0] - y[0] || x[1] - y[1]),
    recent: mergeBy([...one.recent, ...other.recent], ({ id }) => id, firstSignal)
      .sort((x, y) => x.at - y.at || order(x.id, y.id))
      .slice(-recent),
    error: one.error + other.error,
  };
}

/** As if time had gone on to these buckets. */
function closeUntil(
  network: NetworkSnapshot,
  numbers: readonly number[],
  scales: readonly Scale[],
): NetworkSnapshot {
  const closing = network.buckets.map(
    ({ number, posts }, index) => number < (numbers[index] ?? 0) && posts > 0,
  );
  const terms = network.terms.map((term): TermSnapshot => {
    const [low, high, author, counts, lags, past] = term;
    const next = [0, 1].map((index) => {
      const [count, lag] = [counts[index] ?? 0, lags[index] ?? 0];
      const [mean, square] = [past[2 * index] ?? 0, past[2 * index + 1] ?? 0];
      if (!closing[index]) return { count, lag, mean, square };
      if (count === 0) return { count, lag: lag + 1, mean, square };
      const share = count / (network.buckets[index]?.posts ?? 1);
      const decay = scales[index]?.decay ?? 1;
      const kept = decay ** (lag + 1);
      return {
        count: 0,
        lag: 0,
        mean: mean * kept + (1 - decay) * share,
        square: square * kept + (1 - decay) * share * share,
      };
    });
    return pack(low, high, author, next);
  });
  const buckets = network.buckets.map((bucket, index) => {
    const number = numbers[index] ?? bucket.number;
    if (!closing[index]) return { ...bucket, number };
    const { posts, closed, before } = bucket;
    return { number, posts: 0, closed: closed + 1, before: before + posts };
  });
  return { ...network, terms, buckets };
}

function mergeTerm(
  pair: readonly (TermSnapshot | undefined)[],
  shares: readonly (readonly number[])[],
  scales: readonly Scale[],
): TermSnapshot {
  const known = pair.filter((term) => term !== undefined);
  const next = [0, 1].map((index) => {
    let [count, mean, variance] = [0, 0, 0];
    pair.forEach((term, side) => {
      if (term === undefined) return;
      const share = shares[index]?.[side] ?? 0;
      const kept = (scales[index]?.decay ?? 1) ** (term[4][index] ?? 0);
      const own = (term[5][2 * index] ?? 0) * kept;
      count += term[3][index] ?? 0;
      mean += share * own;
      variance += share * share * Math.max(0, (term[5][2 * index + 1] ?? 0) * kept - own * own);
    });
    return { count, lag: 0, mean, square: variance + mean * mean };
  });
  const author = Math.max(...known.map((term) => term[2]));
  return pack(known[0]?.[0] ?? 0, known[0]?.[1] ?? 0, author, next);
}

interface Half {
  count: number;
  lag: number;
  mean: number;
  square: number;
}

function pack(low: number, high: number, author: number, halves: readonly Half[]): TermSnapshot {
  const none = { count: 0, lag: 0, mean: 0, square: 0 };
  const [x = none, y = none] = halves;
  const past = [x.mean, x.square, y.mean, y.square] as const;
  return [low, high, author, [x.count, y.count], [x.lag, y.lag], past];
}

function mergeBy<T>(all: readonly T[], key: (each: T) => string, join: (a: T, b: T) => T): T[] {
  const found = new Map<string, T>();
  for (const each of all) {
    const before = found.get(key(each));
    found.set(key(each), before === undefined ? each : join(before, each));
  }
  return [...found.values()].sort((a, b) => order(key(a), key(b)));
}

function joinOpen(a: Open, b: Open): Open {
  const [first, second] = [a, b].sort(
    (x, y) => x.firstAt - y.firstAt || order(JSON.stringify(x), JSON.stringify(y)),
  ) as [Open, Open];
  const terms = [...new Set([...first.terms, ...second.terms])];
  return { ...first, terms, lastAt: Math.max(a.lastAt, b.lastAt) };
}

const joinAccounts = (a: KeyAccount, b: KeyAccount): KeyAccount => ({
  ...a,
  posts: a.posts + b.posts,
  early: a.early + b.early,
});

const firstSignal = (a: Signal, b: Signal) =>
  order(JSON.stringify(a), JSON.stringify(b)) <= 0 ? a : b;

const keyOf = ({ network, author }: KeyAccount) => `${network}:${author}`;

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
