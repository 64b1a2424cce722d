/** A post kept as evidence: ids, link and a short excerpt only, because its author may delete it. */
export interface Evidence {
  /** Id of the signal. */
  signal: string;
  network: string;
  /** At most 200 characters of the text, one line. */
  excerpt: string;
  /** ms UTC. */
  at: number;
  url?: string;
  author?: string;
}

/** A term, or several that move together, posted about far more than before. */
export interface Trend {
  /** Stable for as long as it lives: first term and UTC day it was first seen, e.g. `hurricane-sandy@2012-10-28`. */
  id: string;
  /** For people, e.g. `hurricane sandy`. */
  name: string;
  /** Lower case; words, two-word phrases joined by a space, hashtags with `#`. Strongest first. */
  terms: readonly string[];
  /** How unusual it is; greater is more; comparable between trends of one run only. */
  score: number;
  /** Posts in the window, and how many were to be expected. */
  posts: number;
  expected: number;
  /** Distinct authors in the window, where the source names authors. */
  authors?: number;
  /** ms UTC. */
  firstAt: number;
  lastAt: number;
  networks: readonly string[];
  /** At most 5, most telling first. */
  evidence: readonly Evidence[];
}

/** An account that many listen to or that is early on trends. */
export interface KeyAccount {
  author: string;
  network: string;
  posts: number;
  /** Trends it posted about before they were seen. */
  early: number;
}
