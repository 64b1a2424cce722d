import type { z } from 'zod';
import type { Signal } from '../ingest/signal.ts';
import type { Receipt } from '../store/record.ts';
import type { Allowance } from './meter.ts';
import type { OAuth } from './oauth.ts';
import type { Attempt, Found, Handle, Outgoing } from './outgoing.ts';
import type { Identity, Item, Listening, Numbers, Topic } from './reading.ts';
import type { Measure, MediaRules, PollRules, Rules } from './rules.ts';
import type { Account, Surroundings } from './surroundings.ts';

export type * from './outgoing.ts';
export type * from './rules.ts';
export type * from './surroundings.ts';

/** An account in use. What a platform can do is which of these it has. */
export interface Connection {
  /**
   * Sends part `index`. The same handle and content again is the same act where the network keeps a key.
   * Throws DELIVERY_REFUSED (known not to be out), DELIVERY_BUSY (known not to be out, try later), CREDENTIALS_REFUSED
   * (known not to be out, a person must sign in anew) or DELIVERY_UNKNOWN (may be out). When the deadline passes before
   * the request has left: CLAIM_EXPIRED.
   */
  publish?(outgoing: Outgoing, index: number, attempt: Attempt): Promise<Receipt>;
  /**
   * Asks the network whether part `index` is there; `sent` are receipts of parts before it, where known. Throws
   * DELIVERY_BUSY when it cannot be asked now.
   */
  find?(
    outgoing: Outgoing,
    index: number,
    handles: readonly Handle[],
    sent: readonly Receipt[],
  ): Promise<Found>;
  /** Takes a part back; success when it is gone already. Throws as `publish`. */
  remove?(receipt: Receipt): Promise<void>;
  /** Replaces the words of a part that is out. Throws as `publish`. */
  edit?(receipt: Receipt, outgoing: Outgoing, index: number): Promise<Receipt>;
  /** Asks how posts of ours did; those the network does not name are left out. */
  metrics?(receipts: readonly Receipt[]): Promise<readonly Numbers[]>;
  /** Who we are. Throws CREDENTIALS_REFUSED, DELIVERY_BUSY. */
  whoami?(): Promise<Identity>;
  /** What this instance says of its limits. */
  rules?(): Promise<Rules>;
  /** Posts of our own, newest first, not older than `since` (ms UTC). The readers throw SOURCE_FAILED. */
  own?(since: number): AsyncIterable<Signal>;
  /** Mentions of us and replies to us, newest first. */
  mentions?(since: number): AsyncIterable<Signal>;
  /** Posts that match, newest first. */
  search?(query: string, since: number): AsyncIterable<Signal>;
  /** Posts of another account, newest first. */
  timeline?(author: string, since: number): AsyncIterable<Signal>;
  /** What the network itself says is trending. */
  trends?(): Promise<readonly Topic[]>;
  /** Posts as they are written, for a while; reconnects and resumes by itself, in bounded memory. */
  listen?(listening: Listening): AsyncIterable<Item>;
  /** Tells people something; for networks that are no place to publish. Throws DELIVERY_BUSY, DELIVERY_REFUSED. */
  notify?(notice: { text: string; url?: string }): Promise<void>;
}

/** A network: what can be known without an account, and how to connect one. */
export interface Platform {
  /** Name of its folder. */
  name: string;
  /** As the network writes its own name. */
  title: string;
  /** What people should know before they choose it, a sentence or two; shown in the docs. */
  notice?: string;
  /** Variables it reads; none for those that work without an account. Tokens of `oauth` are not among them. */
  credentials: readonly string[];
  /** Sets of variables, those of `oauth` included, each of which is enough to connect; all of `credentials` if absent. */
  needs?: readonly (readonly string[])[];
  oauth?: OAuth;
  /** What an account's entry in the profile says beside `name` and `platform`; strict. None when absent. */
  settings?: z.ZodObject;
  /** Counts as the network counts what it would be sent of this Markdown; pure. Absent where nothing can be published. */
  measure?(text: string, rules?: Rules): Measure;
  /** What people will read there, without markup. The text itself when absent. */
  show?(text: string): string;
  /** Media it takes with one part; absent means none. */
  media?: MediaRules;
  /** What the parts after the first become, and how many parts there may be; one part when absent. */
  parts?: { as: 'thread' | 'comments'; most?: number };
  /** Length of `Outgoing.title`; absent where posts have none. */
  headline?: { limit: number; unit: string; required: boolean };
  poll?: PollRules;
  /** Shows a card for a link that is given apart from the text. */
  linkCards?: true;
  /**
   * What the network would not take of part `index`, in words for people; empty when nothing. Pure, and what `publish`
   * asks before anything leaves. Beyond length, the number and types of files, titles, the number of parts and `poll`,
   * which are told apart; of files only what is known before they are prepared is looked at.
   */
  refuses?(outgoing: Outgoing, index: number): readonly string[];
  /** Can be told to show a post later: how far ahead, ms. */
  schedules?: { min: number; max: number };
  /** Documented limits by operation: `publish`, `media`, `read`, `search`, `remove` and what else there is. */
  limits?: Readonly<Record<string, Allowance>>;
  /** Whether sending the same handle and content twice makes one post. */
  keyed: boolean;
  /** How long after a claim's end a request that left may still take effect, ms. */
  grace: number;
  /** How long a claim on this must hold, ms; what the desk is set to when absent or shorter. For long uploads. */
  lasts?(outgoing: Outgoing): number;
  /**
   * One handle a part; pure. `random` is fresh entropy, at least 8 bytes a part. `earlier` are the handles of the
   * claims before: what makes a part the same act must be taken over from there.
   */
  handles?(
    outgoing: Outgoing,
    now: number,
    random: Uint8Array,
    earlier: readonly Handle[],
  ): readonly Handle[];
  /** Makes no request. Loads the network's SDK only when called. Throws CREDENTIALS_MISSING. */
  connect(account: Account, surroundings: Surroundings): Promise<Connection>;
}
