import type { Meter } from './meter.ts';
import type { Tokens } from './oauth.ts';

/** An account's settings from the profile: `name`, `platform` and what the platform's own schema asks for. */
export interface Account {
  name: string;
  platform: string;
  /** What the names of its variables begin with; adapters see them without. */
  variables?: string | undefined;
  [setting: string]: unknown;
}

/** What an adapter may use. Adapters read no environment and no clock of their own. */
export interface Surroundings {
  fetch: typeof globalThis.fetch;
  now: () => number;
  /** Credentials of this account by variable name, e.g. `BLUESKY_PASSWORD`. */
  credentials: Readonly<Record<string, string>>;
  /** For platforms with `oauth`, when the account has tokens. */
  tokens?: Tokens;
  meter?: Meter;
  /** What is worth keeping between connections, e.g. a session; small strings, kept secret. Absent: nothing is kept. */
  cache?: { get(key: string): string | undefined; set(key: string, value: string): void };
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
  title?: string;
  /** The post that is answered. */
  reply?: string;
  /** Options of a poll. */
  poll?: readonly string[];
  /** Address on a link card. */
  link?: string;
  at: number;
}
