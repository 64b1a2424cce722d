import type { Scale } from './scale.ts';

/** How a detector judges. */
export interface DetectorOptions {
  /** By the hour for what breaks out, by the day for what builds up. */
  scales: readonly [hour: Scale, day: Scale];
  /** Shares of posts below this are taken for usual; SigniTrend's bias. */
  bias: number;
  /** Least significance of a trend. */
  threshold: number;
  /** Least number of authors, where they are known, and of different texts. */
  voices: number;
  /** Terms counted at most for each network; the rarest are forgotten beyond that. 112 bytes each. */
  terms: number;
  /** Posts kept at most for each network, to group terms by and for evidence. */
  recent: number;
  /** How far back posts belong to a trend, and how long it stays open without any, ms. */
  window: number;
  /** Trends named at most at one tick. */
  most: number;
}

const hour = 3_600_000;

export const defaultOptions: DetectorOptions = {
  scales: [
    { length: hour, decay: 0.5 ** (1 / 24), posts: 5, weight: 0.25 },
    { length: 24 * hour, decay: 0.5 ** (1 / 7), posts: 8, weight: 1 },
  ],
  bias: 0.0005,
  threshold: 3,
  voices: 3,
  terms: 150_000,
  recent: 20_000,
  window: 24 * hour,
  most: 50,
};
