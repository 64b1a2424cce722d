import type { Clock } from '../clock.ts';
import type { Signal } from '../ingest/signal.ts';

/** A post as read, or why what came is none; `line` counts what came, from 1. */
export type Item = Signal | { malformed: true; line: number; why: string };

/** How to listen to a stream. */
export interface Listening {
  /** How long, ms. */
  duration: number;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** Where an earlier listening ended, in the platform's own words; absent the first time. */
  cursor?: string;
  /**
   * Told where to resume, after each post was taken: whoever resumes there misses nothing and may see the last few
   * twice.
   */
  keep?: (cursor: string) => void;
  signal?: AbortSignal;
  /** Words to listen for, where the network filters. */
  terms?: readonly string[];
}

/** What a network calls a trend of its own. */
export interface Topic {
  name: string;
  url?: string;
  /** Posts about it, where the network says. */
  posts?: number;
}

/** How a post of ours did, at the time of asking; only what the network told. */
export interface Numbers {
  /** Id in the receipt. */
  id: string;
  counts: Readonly<
    Partial<
      Record<
        | 'views'
        | 'likes'
        | 'reposts'
        | 'replies'
        | 'quotes'
        | 'bookmarks'
        | 'clicks'
        | 'reach'
        | 'shares'
        | 'saves',
        number
      >
    >
  >;
}

/** Who an account is at the network, as the network tells it now. */
export interface Identity {
  id: string;
  /** As people there write it, e.g. `@desk@mastodon.social`. */
  name: string;
  url?: string;
  /** Rights of the token, as the network names them, where it tells. */
  scopes?: readonly string[];
  /** What is left of limits that can be asked for, e.g. posts today. */
  left?: readonly { what: string; remaining: number; limit?: number; resets?: number }[];
}
