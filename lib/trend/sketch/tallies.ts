import type { Signal } from '../../ingest/signal.ts';
import { createScanner } from '../terms/terms.ts';
import { mergeTallies } from './merge.ts';
import { createTally, defaultLimit, type Tally } from './tally.ts';

/** One UTC hour, ms. */
export const hourLength = 3_600_000;

/** What was counted of one network in one hour. */
export interface HourTally {
  network: string;
  /** Beginning of the hour, ms UTC. */
  hour: number;
  tally: Tally;
}

/** A tally for each network and UTC hour, each with at most `limit` terms. Posts may come in any order. */
export function createTallies(limit = defaultLimit) {
  const scan = createScanner();
  const all = new Map<string, Map<number, Tally>>();

  const tallyOf = (network: string, hour: number): Tally => {
    let hours = all.get(network);
    if (hours === undefined) all.set(network, (hours = new Map<number, Tally>()));
    let tally = hours.get(hour);
    if (tally === undefined) hours.set(hour, (tally = createTally(limit)));
    return tally;
  };

  return {
    /** Counts a post in the hour it was posted in. */
    add(signal: Signal): void {
      const hour = Math.floor(signal.at / hourLength) * hourLength;
      tallyOf(signal.network, hour).add(signal, scan(signal.text, signal.tags, true, signal.links));
    },
    /** All tallies, by the name of the network, then by hour. */
    list: (): HourTally[] =>
      [...all]
        .flatMap(([network, hours]) =>
          [...hours].map(([hour, tally]) => ({ network, hour, tally })),
        )
        .sort(inOrder),
  };
}
export type Tallies = ReturnType<typeof createTallies>;

/** Joins what shards counted: one tally for each network and hour, each with at most `limit` terms. */
export function mergeHours(
  shards: readonly (readonly HourTally[])[],
  limit = Infinity,
): HourTally[] {
  const groups = Map.groupBy(shards.flat(), ({ network, hour }) => `${hour} ${network}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      const tallies = group.map(({ tally }) => tally);
      return first ? [{ ...first, tally: mergeTallies(tallies, limit) }] : [];
    })
    .sort(inOrder);
}

const inOrder = (a: HourTally, b: HourTally) =>
  a.network < b.network ? -1 : a.network > b.network ? 1 : a.hour - b.hour;
