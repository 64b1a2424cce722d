import type { Trend } from '../trend/trend.ts';

/** One reason a person can check, e.g. `the topic "monetary policy" names "interest rate"`. */
export interface Reason {
  kind: 'topic' | 'meaning' | 'account' | 'prior' | 'deny';
  text: string;
  /** Share this reason has in the score, 0 to 1. */
  weight: number;
}

/** A trend that is about a profile. */
export interface Match {
  trend: Trend;
  profile: string;
  /** 0 to 1. */
  score: number;
  /** Name of what compared meanings; absent when words alone decided. */
  embedder?: string;
  reasons: readonly Reason[];
}
