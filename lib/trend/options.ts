import type { Canonical } from './story/spelling.ts';

/** How a detector judges. */
export interface DetectorOptions {
  /** Least surprise of a trend. */
  threshold: number;
  /** Least number of authors, where they are known, and of different texts. */
  voices: number;
  /** Terms whose past is kept at most for each network; the rarest are forgotten beyond that. 40 bytes each. */
  terms: number;
  /** Terms counted at most in an hour, and in a day, of each network. */
  tally: number;
  /** Posts kept at most for each network, to group terms by and for evidence. */
  recent: number;
  /** How far back posts belong to a trend, and how long it stays open without any, ms. */
  window: number;
  /** Trends named at most at one tick. */
  most: number;
  /** Which terms are names of one thing: they are one from the start, their posts counted once. */
  canonical?: Canonical;
}

export const defaultOptions: DetectorOptions = {
  threshold: 1,
  voices: 3,
  terms: 400_000,
  tally: 2 ** 16,
  recent: 20_000,
  window: 24 * 3_600_000,
  most: 50,
};
