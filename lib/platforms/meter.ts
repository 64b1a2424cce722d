/** What one operation may be used, by the network's documents: `requests` in any window of `per` ms. */
export interface Allowance {
  requests: number;
  /** ms. */
  per: number;
  /** What one call costs, US dollars; only where the network charges for calls. */
  price?: number;
}

/** What an answer said about its limit, read from the network's own dialect. */
export interface Said {
  status: number;
  limit?: number;
  remaining?: number;
  /** When the window begins anew, ms UTC. */
  reset?: number;
  /** What the answer cost beyond the price of the call, US dollars, where the network charges for what it shows. */
  spent?: number;
}

/**
 * Keeps one account within the limits of its network. Operations are the keys of `Platform.limits`; the key `any` there
 * is a window that every operation counts in, of which reading leaves a share to writing.
 */
export interface Meter {
  /**
   * Called right before a request. Throws DELIVERY_BUSY with `until` when the window is used up, the day's money is
   * spent, or the network has been failing. `price` wins over the allowance's.
   */
  spend(operation: string, price?: number): void;
  /** Called right after an answer; status 0 for one that never came. */
  learn(operation: string, said: Said): void;
}

/** For whoever has no limits to keep, e.g. a test. */
export const unmetered: Meter = { spend: () => undefined, learn: () => undefined };
