import type { Connection, Deadline, Platform } from '../../lib/platforms/platform.ts';

/** One post as it stands at the network. */
export interface Posted {
  text: string;
  alt: readonly string[];
  /** Text of the post it answers. */
  parent?: string;
}

/** A network that really runs, and one account there. */
export interface World {
  platform: Platform;
  connect(): Promise<Connection>;
  /** Everything of the account that is out, oldest first. */
  posts(): Promise<Posted[]>;
  /** Stops answering, and answers again. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** The account with a password that is not its own; absent where there are none. */
  stranger?(): Promise<Connection>;
  /** A connection to a server that has had enough of us for now; absent where that cannot be. */
  limited?(): Promise<Connection>;
  /** Breaks off the answer to the next publishing request, or loses it on the way; absent where nothing can. */
  breaks?(how: 'cut' | 'lose'): void;
  close(): Promise<void>;
}

/** A deadline that never comes. */
export const never: Deadline = { signal: new AbortController().signal, check: () => undefined };
