import type { Connection, Deadline, Media, Platform } from '../../lib/platforms/platform.ts';
import type { Instead, Proxy } from './proxy.ts';

/** One post as it stands at the network. */
export interface Posted {
  /** Id as a receipt names it. */
  id: string;
  /** As people read it there. */
  text: string;
  alt: readonly string[];
  /** Id of the post it answers. */
  parent?: string;
}

/** A network that runs on loopback, the real one or a stand-in, and one account there. */
export interface World {
  platform: Platform;
  /** A new connection of the account, as a new process would make it. */
  connect(): Promise<Connection>;
  /** What the account's entry in the profile says beside name and platform. */
  settings?: Readonly<Record<string, unknown>>;
  /** Credentials that lead there, by variable; for processes of their own. */
  credentials: Readonly<Record<string, string>>;
  /** A current access token, where `platform.oauth` is set. */
  token?: () => string;
  /** Everything of the account that is out, oldest first. */
  posts(): Promise<Posted[]>;
  /** Absent where nothing stands between us and the network (the outbox); it says itself how it goes down and up. */
  proxy?: Proxy;
  down?(): Promise<void>;
  up?(): Promise<void>;
  /** What was wrong with the requests so far by the network's own description. */
  problems(): readonly string[];
  /** A request that makes a post visible, so that a fault can hit just this one. */
  acts?(path: string, method: string): boolean;
  /** What the network answers to one request too many, in its own dialect, and when it says to come back, ms UTC. */
  limited?(): Instead & { until: number };
  /** What it answers to a token or password that is no longer good. */
  refused?(): Instead;
  /** Media each part needs where the network takes no post without; an image it takes otherwise. */
  image: Media;
  /** `absent` for networks that can be sure that a post is not there. */
  missing: 'absent' | 'unknown';
  /** How long the network remembers a handle, ms, where `platform.keyed`; moves its clock by that much. */
  forget?(): void;
  close(): Promise<void>;
}

/** A deadline that never comes. */
export const never: Deadline = { signal: new AbortController().signal, check: () => undefined };
