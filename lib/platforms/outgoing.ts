import type { Receipt } from '../store/record.ts';

/** An image or a video in the content repo, brought to what the network takes. */
export interface Media {
  bytes: Uint8Array;
  /** Media type, e.g. `image/png`, `video/mp4`. */
  type: string;
  alt: string;
  name: string;
  /** Where anybody may fetch these bytes; there for networks whose `media.byUrl` is set. */
  url?: string;
  /** Pixels and seconds, where they are known. */
  width?: number;
  height?: number;
  seconds?: number;
  /** What must stay visible when a network crops it: -1 to 1 from the left and from the bottom, for networks that ask. */
  focus?: { x: number; y: number };
}

export interface Poll {
  options: readonly string[];
  /** How long it is open, ms. */
  duration: number;
  multiple?: boolean;
}

/** What a link in a post shows of the page behind it. */
export interface LinkCard {
  url: string;
  title: string;
  description: string;
  image?: Media;
}

export interface Part {
  /** Markdown as `markup.ts` reads it; every network makes its own of it. */
  text: string;
  media: readonly Media[];
  poll?: Poll;
  link?: LinkCard;
}

/** What is to be sent to one account: one part, or several in order. */
export interface Outgoing {
  /** Id of the delivery: the key a network may remember it by. */
  delivery: string;
  /** The first is the post, the others follow it as `Platform.parts` says: as a thread, or as comments. */
  parts: readonly Part[];
  /** BCP 47. */
  language?: string;
  /** For networks whose posts have one. */
  title?: string;
  /** Address or id, there, of the post that the first part answers. */
  reply?: string;
  /** When the network is to show it, ms UTC; at once when absent. Only for platforms with `schedules`. */
  at?: number;
}

/**
 * What a request will be known by at the network, one for each part, chosen before the claim is written and kept in it.
 * Plain JSON; each network decides what is in it (Bluesky: record key and creation time). What `Attempt.keep` has
 * written down later stands in it too.
 */
export type Handle = Readonly<Record<string, string>>;

/**
 * Until when a request may leave. Timers fire late in a process that was stopped, so an adapter calls `check()` right
 * before each request, and hands `signal` to the request itself.
 */
export interface Deadline {
  /** Aborted when the time is over. */
  signal: AbortSignal;
  /** Throws CLAIM_EXPIRED when the time is over. */
  check(): void;
}

/** What one attempt to send a part starts from. */
export interface Attempt {
  /** One a part. */
  handles: readonly Handle[];
  /** Receipts of the parts before this one. */
  sent: readonly Receipt[];
  deadline: Deadline;
  /**
   * Adds to this part's handle what the network called something that is being prepared (a container, an upload), and
   * resolves once that is stored: `find` and later attempts see it. Called before the act that makes it visible.
   */
  keep(more: Handle): Promise<void>;
}

/** `absent` only when the network can be sure; otherwise `unknown`. */
export type Found = Receipt | 'absent' | 'unknown';
