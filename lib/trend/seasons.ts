import { fadeOf } from './fade.ts';

const hour = 3_600_000;
/** Days of the week, and hours of the day. */
export const slots = { weekday: 7, hour: 24 } as const;
export type Season = keyof typeof slots;
const width = slots.weekday + slots.hour;
const offset: Readonly<Record<Season, number>> = { weekday: 0, hour: slots.weekday };

/** What is left of a slot's weight when it comes round again: once a week, once a day. */
const decays: Readonly<Record<Season, number>> = { weekday: 0.5, hour: 0.75 };
const fades = { weekday: fadeOf(decays.weekday), hour: fadeOf(decays.hour) };

/** Day of the week, UTC, 0 for Monday. */
export const weekdayOf = (at: number): number => (Math.floor(at / (24 * hour)) + 3) % 7;
/** Hour of the day, UTC. */
export const hourOf = (at: number): number => Math.floor(at / hour) % 24;

/** Seasons as they are kept between runs: 31 numbers a term, and how often each slot has come round. */
export interface KeptSeasons {
  shares: Float32Array;
  reckoned: Uint16Array;
  weekday: Uint16Array;
  hour: Uint16Array;
}

/**
 * What is usual for some terms at each day of the week and each hour of the day: decayed means of their share of posts. A slot
 * that came round without the term counts as 0.
 */
export function createSeasons(kept?: KeptSeasons) {
  let shares = kept?.shares.slice() ?? new Float32Array(0);
  /** How often the slot had come round when its share was reckoned. */
  let reckoned = kept?.reckoned.slice() ?? new Uint16Array(0);
  let size = shares.length / width;
  /** How often each slot has come round. */
  const closed: Readonly<Record<Season, Uint16Array>> = {
    weekday: kept?.weekday.slice() ?? new Uint16Array(slots.weekday),
    hour: kept?.hour.slice() ?? new Uint16Array(slots.hour),
  };

  return {
    kept: (): KeptSeasons => ({
      shares: shares.slice(0, size * width),
      reckoned: reckoned.slice(0, size * width),
      weekday: closed.weekday.slice(),
      hour: closed.hour.slice(),
    }),
    /** Room for one more term. */
    place(): number {
      if ((size + 1) * width > shares.length) {
        const capacity = Math.max(256, 2 * size) * width;
        [shares, reckoned] = [
          grown(shares, Float32Array, capacity),
          grown(reckoned, Uint16Array, capacity),
        ];
      }
      return size++;
    },
    /** Usual share in a slot; 0 before it came round. */
    share(place: number, season: Season, slot: number): number {
      const at = place * width + offset[season] + slot;
      const rounds = closed[season][slot] ?? 0;
      if (rounds === 0) return 0;
      const fade = fades[season];
      return ((shares[at] ?? 0) * fade(rounds - (reckoned[at] ?? 0))) / (1 - fade(rounds));
    },
    /** Takes the share of a term in a slot that comes round now, which `close` says when all terms were taken. */
    add(place: number, season: Season, slot: number, share: number): void {
      const at = place * width + offset[season] + slot;
      const rounds = (closed[season][slot] ?? 0) + 1;
      const kept = (shares[at] ?? 0) * fades[season](rounds - (reckoned[at] ?? 0));
      shares[at] = kept + (1 - decays[season]) * share;
      reckoned[at] = rounds;
    },
    close(season: Season, slot: number): void {
      closed[season][slot] = (closed[season][slot] ?? 0) + 1;
    },
    /** Keeps these terms, in this order. */
    keep(places: readonly number[]): void {
      const [wasShares, wasReckoned] = [shares, reckoned];
      shares = new Float32Array(Math.max(256, places.length) * width);
      reckoned = new Uint16Array(shares.length);
      places.forEach((place, to) => {
        shares.set(wasShares.subarray(place * width, (place + 1) * width), to * width);
        reckoned.set(wasReckoned.subarray(place * width, (place + 1) * width), to * width);
      });
      size = places.length;
    },
  };
}
export type Seasons = ReturnType<typeof createSeasons>;

function grown<T extends Float32Array | Uint16Array>(
  before: T,
  kind: new (length: number) => T,
  capacity: number,
): T {
  const larger = new kind(capacity);
  larger.set(before);
  return larger;
}
