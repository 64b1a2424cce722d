import type { Clock } from '../clock.ts';
import type { GitLab } from '../gitlab/index.ts';
import type { Project, User } from '../gitlab/types.ts';
import type { Log } from '../log.ts';
import type { LanguageModel } from '../models/model.ts';
import type { Connection } from '../platforms/platform.ts';
import type { Files } from '../store/files.ts';
import type { Profile } from '../store/profile.ts';
import type { Records } from '../store/records.ts';

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
  /** Text of a file on the default branch. */
  readDefault: (path: string) => Promise<string | undefined>;
  /** Paths of the files below a folder of the default branch. */
  listDefault: (folder: string) => Promise<readonly string[]>;
  model: () => Promise<LanguageModel>;
  clock: Clock;
  log: Log;
  /** Credentials of the networks by variable name. */
  credentials: Readonly<Record<string, string>>;
  /** Accounts in use, by name. */
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
    /** Name of this process in claims. */
    holder: string;
  };
}
