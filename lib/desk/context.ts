import type { Clock } from '../clock.ts';
import type { Verdict } from '../draft/media/judge.ts';
import type { GitLab } from '../gitlab/index.ts';
import type { Project, User } from '../gitlab/types.ts';
import type { Log } from '../log.ts';
import type { Embedder, LanguageModel } from '../models/model.ts';
import type { Tokens } from '../platforms/oauth.ts';
import type { Connection } from '../platforms/platform.ts';
import type { Domain } from '../store/domain.ts';
import type { Files } from '../store/files.ts';
import type { Profile } from '../store/profile.ts';
import type { Records } from '../store/records.ts';
import type { Seal } from '../tokens/seal.ts';
import type { Signer } from '../tokens/sign.ts';
import type { SessionKeeper } from './accounts/sessions.ts';
import type { Instances } from './instances.ts';
import type { LimitKeeper } from './limits.ts';

/** What the desk works with; `app.ts` puts it together, once. */
export interface Desk {
  gitlab: GitLab;
  project: Project;
  /** The machine account. */
  me: User;
  /** The state branch. */
  files: Files;
  records: Records;
  /** Profiles as they stand on the default branch. */
  profiles: () => Promise<readonly Profile[]>;
  /** Domain packs as they stand there. */
  domains: () => Promise<readonly Domain[]>;
  /** Text of a file on the default branch. */
  readDefault: (path: string) => Promise<string | undefined>;
  /** Paths of the files below a folder of the default branch. */
  listDefault: (folder: string) => Promise<readonly string[]>;
  model: () => Promise<LanguageModel>;
  /** What compares meanings, the one to try first first. */
  embedders: () => Promise<readonly (() => Promise<Embedder>)[]>;
  clock: Clock;
  log: Log;
  /** Variables this process was started with, those of these names that are set. */
  variables: (names: readonly string[]) => Readonly<Record<string, string>>;
  /** Keeps a secret that was learnt on the way out of the log. */
  hide: (secret: string) => void;
  /** Tokens in use, by the variables they are kept in. */
  tokens: Map<string, Promise<Tokens | undefined>>;
  /** For secrets on the state branch. */
  seal: Seal;
  /** For addresses that are given out. */
  signer: Signer;
  /** Whether files can be sent, by their hash and what they are to fit. */
  verdicts: Map<string, Promise<Verdict>>;
  /** What adapters keep between connections. */
  sessions: SessionKeeper;
  /** What instances of networks say of their limits; may be a minute old. */
  instances: () => Promise<Instances>;
  /** What is left of every account's limits. */
  limits: LimitKeeper;
  /** Accounts in use, by what the profile says of them. */
  connections: Map<string, Promise<Connection>>;
  fetch: typeof globalThis.fetch;
  settings: {
    /** How long after a new revision an approval still means the former one, ms. */
    settle: number;
    /** Overrides the profiles' think window, ms. */
    window?: number;
    /** How long a claim holds, ms. */
    claim: number;
    /** How long other work on a post holds, ms. */
    lease: number;
    /** Where networks fetch files from, without a slash at its end. */
    mediaUrl?: string;
    /** Name of this process in claims. */
    holder: string;
  };
}
