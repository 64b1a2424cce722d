export type { KeyAccount } from './account.ts';
import type { Curve } from './story/curve.ts';
import type { Duration } from './story/duration.ts';
import type { Phase } from './story/phase.ts';

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
  /** BCP 47, where the source says or the text shows. */
  language?: string;
}

/** What one network says of a trend. */
export interface Voice {
  network: string;
  posts: number;
  /** Distinct authors, where the network names authors. */
  authors?: number;
  /** Its first post on it, ms UTC. */
  firstAt: number;
}

/** Who was heard most on a trend. */
export interface Speaker {
  author: string;
  network: string;
  /** Its first post on it, ms UTC. */
  at: number;
  followers?: number;
  /** Likes, reposts, replies and quotes of its posts on it, when they were read. */
  interactions?: number;
}

/** How the posts of a trend sound; each share between 0 and 1. */
export interface Mood {
  /** Positive less negative, averaged over the posts: -1 to 1. */
  mean: number;
  /** Standard deviation between posts. */
  spread: number;
  negative: number;
  neutral: number;
  positive: number;
  /** Posts that were judged. */
  posts: number;
}

/** A term, or several that move together, posted about far more than before. */
export interface Trend {
  /** Stable for as long as it lives: first name and UTC day it was first seen, e.g. `hurricane-sandy@2012-10-28`. */
  id: string;
  /** For people, written as most posts write it, e.g. `Hurricane Sandy`. May become better while the trend grows. */
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
  /** Names in the order of the alphabet. */
  networks: readonly string[];
  /** At most 5, most telling first. */
  evidence: readonly Evidence[];
  /** By network, the one that was first first. */
  voices?: readonly Voice[];
  /** Posts by the hour, for at most the last 48. */
  curve?: Curve;
  phase?: Phase;
  /** How long it holds people's attention; says how long it is kept. */
  duration?: Duration;
  /** At most 3 that were heard most. */
  speakers?: readonly Speaker[];
  mood?: Mood;
  /** Language of most of its evidence, BCP 47. */
  language?: string;
  /** Ids of trends that turned out to be one with it just now. */
  also?: readonly string[];
}
