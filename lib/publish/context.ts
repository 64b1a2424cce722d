import type { Clock } from '../clock.ts';
import type { Account, Connection, Outgoing, Platform } from '../platforms/platform.ts';
import type { Files } from '../store/files.ts';
import type { Profile } from '../store/profile.ts';
import type { Delivery, PostRecord } from '../store/record.ts';

/** What publishing a post needs. Bot and jobs fill it alike, over GitLab's API or over git. */
export interface Publishing {
  /** As it stands on the default branch. */
  profile: Pick<Profile, 'accounts'>;
  /** What the revision a delivery carries says and shows, as it stands on the default branch. */
  outgoing(delivery: Delivery): Promise<Content>;
  /** BCP 47. */
  language?: string;
  /** Throws PLATFORM_UNKNOWN. */
  platform(name: string): Platform;
  /** Throws CREDENTIALS_MISSING. May give the same connection every time. */
  connect(account: Account): Promise<Connection>;
  /** The state branch. */
  files: Files;
  records: {
    /** The post's record as it is now. */
    load(): Promise<PostRecord>;
    /** Writes it where nobody else did since it was loaded, else throws STORE_CONFLICT. Gives it as written. */
    save(record: PostRecord): Promise<PostRecord>;
  };
  /**
   * Whether this delivery may be sent, read anew from where people decide: approval, its giver's right to it, the hash,
   * the protection of the state branch. Called right before a claim. A record proves nothing.
   */
  confirm(delivery: Delivery): Promise<{ ok: true } | { ok: false; why: string }>;
  /** Who stopped publishing, if anybody did. Asked right before a claim, and before each further part. */
  stopped?(delivery: Delivery): Promise<Stop | undefined>;
  clock: Clock;
  /** Name of this process in claims, for people. */
  holder: string;
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
  timing?: Timing;
}

/** What is to be sent, whoever sends it. */
export type Content = Omit<Outgoing, 'delivery' | 'language'>;

/** What people stopped, and where they said so. */
export interface Stop {
  what: string;
  link: string;
}

/** Lengths of time in ms; what stands at each is the default. */
export interface Timing {
  /** How long a claim holds: 60,000. */
  claim?: number;
  /** Instead of each platform's own grace. */
  grace?: number;
  /** Wait after attempt n: 1, 2, 4 ... 30 minutes. */
  backoff?: (attempt: number) => number;
  /** Attempts until the machine gives up: 12, in about four hours. */
  attempts?: number;
}

/** How long after a claim's end a request to this network may still take effect, ms. */
export function graceIn(context: Publishing, name: string): number {
  if (context.timing?.grace !== undefined) return context.timing.grace;
  try {
    return context.platform(name).grace;
  } catch {
    return 0;
  }
}
