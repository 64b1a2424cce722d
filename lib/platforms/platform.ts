import type { Receipt } from '../store/record.ts';
import type { Signal } from '../ingest/signal.ts';

/** Length of a text as the network counts it. */
export interface Measure {
  length: number;
  limit: number;
  /** What is counted, for people: `graphemes`, `characters`. */
  unit: string;
  fits: boolean;
}

/** An image in the content repo, ready to send. */
export interface Media {
  bytes: Uint8Array;
  type: string;
  alt: string;
  name: string;
}

/** What is to be sent to one account: one part, or the parts of a thread in order. */
export interface Outgoing {
  /** Id of the delivery: the key a network may remember it by. */
  delivery: string;
  parts: readonly { text: string; media: readonly Media[] }[];
  /** BCP 47. */
  language?: string;
}

/**
 * What a request will be known by at the network, one for each part, chosen before the claim is written and kept in it.
 * Plain JSON; each network decides what is in it (Bluesky: record key and creation time).
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

/** `absent` only when the network can be sure; otherwise `unknown`. */
export type Found = Receipt | 'absent' | 'unknown';

/** An account's settings from the profile: `name`, `platform` and what the platform's own schema asks for. */
export interface Account {
  name: string;
  platform: string;
  [setting: string]: unknown;
}

/** What an adapter may use. Adapters read no environment and no clock of their own. */
export interface Surroundings {
  fetch: typeof globalThis.fetch;
  now: () => number;
  /** Credentials of this account by variable name, e.g. `BLUESKY_PASSWORD`. */
  credentials: Readonly<Record<string, string>>;
  /** Where `outbox` keeps what would have been sent. */
  outbox?: {
    /** False when the key was there before; what is there is left as it is. */
    put(key: string, entry: OutboxEntry): Promise<boolean>;
    get(key: string): Promise<OutboxEntry | undefined>;
    url(key: string): string;
  };
}

export interface OutboxEntry {
  delivery: string;
  part: number;
  account: string;
  text: string;
  media: readonly { name: string; alt: string }[];
  at: number;
}

/** An account in use. What a platform can do is which of these it has. */
export interface Connection {
  /**
   * Sends part `index`. The same handle and content again is the same act where the network keeps a key.
   * Throws DELIVERY_REFUSED (known not to be out), DELIVERY_BUSY (known not to be out, try later) or
   * DELIVERY_UNKNOWN (may be out). When the deadline passes before the request has left: CLAIM_EXPIRED.
   */
  publish?(
    outgoing: Outgoing,
    index: number,
    handles: readonly Handle[],
    sent: readonly Receipt[],
    deadline: Deadline,
  ): Promise<Receipt>;
  /** Asks the network whether part `index` is there. Throws DELIVERY_BUSY when it cannot be asked now. */
  find?(outgoing: Outgoing, index: number, handles: readonly Handle[]): Promise<Found>;
  remove?(receipt: Receipt): Promise<void>;
  /** Posts that match, newest first. */
  search?(query: string, since: number): AsyncIterable<Signal>;
  /** Posts of another account, newest first. */
  timeline?(author: string, since: number): AsyncIterable<Signal>;
}

export interface Platform {
  /** Name of its folder. */
  name: string;
  /** Variables it needs; none for those that work without an account. */
  credentials: readonly string[];
  /** Counts as the network counts; pure. Absent where nothing can be published. */
  measure?(text: string): Measure;
  /** Media it takes with one part; absent means none. */
  media?: { count: number; types: readonly string[]; bytes: number; altRequired: boolean };
  /** Whether sending the same handle and content twice makes one post. */
  keyed: boolean;
  /** How long after a claim's end a request that left may still take effect, ms. */
  grace: number;
  /**
   * One handle a part; pure. `random` is fresh entropy, at least 8 bytes a part. `earlier` are the handles of the first
   * claim on this delivery: what makes a part the same act must be taken over from there.
   */
  handles?(
    outgoing: Outgoing,
    now: number,
    random: Uint8Array,
    earlier: readonly Handle[],
  ): readonly Handle[];
  /** Loads the network's SDK only when called. Throws CREDENTIALS_MISSING. */
  connect(account: Account, surroundings: Surroundings): Promise<Connection>;
}
