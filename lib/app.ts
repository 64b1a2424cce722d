import { hostname } from 'node:os';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Desk } from './desk/context.ts';
import { type Hint, locate } from './desk/locate.ts';
import { stateBranch } from './desk/protection.ts';
import { reconcile } from './desk/reconcile.ts';
import { type Scope, sweep, type Swept } from './desk/sweep.ts';
import { fail } from './errors.ts';
import { createGitLab } from './gitlab/index.ts';
import { createLog, type Log } from './log.ts';
import { platforms } from './platforms/index.ts';
import { createApiFiles } from './store/api.ts';
import { createRecords } from './store/records.ts';
import type { Files } from './store/files.ts';
import { loadProfiles } from './store/profiles.ts';

export interface Overrides {
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  log?: Log;
  /** The state branch; over GitLab's API unless given. */
  files?: Files;
}

/** How long the profiles are kept before the default branch is asked again, ms. */
const profilesMs = 15_000;
/** How long other work than publishing holds a post, ms. */
const leaseMs = 60_000;

/**
 * Wires the product, once: everything that acts on a desk gets what it needs from here.
 * Throws TOKEN_OF_A_PERSON and whatever GitLab answers to the first question.
 */
export async function createDesk(config: Config, overrides: Overrides = {}): Promise<Desk> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog(config);
  const fetch = overrides.fetch ?? globalThis.fetch;
  const { url, project, token } = config.gitlab;
  const gitlab = createGitLab({ url, project, token: token.reveal(), fetch, clock });
  const [me, found] = await Promise.all([gitlab.me(), gitlab.getProject()]);
  if (!me.bot) throw fail('TOKEN_OF_A_PERSON', { username: me.username });
  const files = overrides.files ?? createApiFiles(gitlab, stateBranch, clock);
  const readDefault = async (path: string) =>
    (await gitlab.readFile(path, found.defaultBranch))?.content;
  return {
    gitlab,
    project: found,
    me,
    files,
    records: createRecords(files),
    readDefault,
    profiles: cached(profilesMs, clock, () =>
      loadProfiles({
        read: readDefault,
        list: async (folder) =>
          (await gitlab.tree(folder, found.defaultBranch)).map(({ path }) => path),
        log,
      }),
    ),
    model: once(async () => {
      const { createModel } = await import('./models/index.ts');
      return createModel(config.models, { fetch, clock, log });
    }),
    clock,
    log,
    fetch,
    credentials: config.credentials(
      Object.values(platforms).flatMap(({ credentials }) => credentials),
    ),
    settings: {
      settle: config.settle,
      claim: config.claim,
      lease: leaseMs,
      holder: `${hostname()}-${process.pid}`,
      ...(config.window === undefined ? {} : { window: config.window }),
    },
  };
}

/** What the bot and the jobs call. */
export interface App {
  desk: Desk;
  /** Reconciles every post that a hint is about. */
  reconcile(hint: Hint): Promise<void>;
  sweep(scope?: Scope): Promise<Swept>;
}

/** The desk with what can be asked of it. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const desk = await createDesk(config, overrides);
  return {
    desk,
    async reconcile(hint) {
      for (const id of await locate(desk, hint)) await reconcile(desk, id);
    },
    sweep: (scope) => sweep(desk, scope),
  };
}

/** The value of `load`, asked for again when it is older than `ms`. */
function cached<T>(ms: number, clock: Clock, load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  let at = 0;
  return () => {
    if (value === undefined || clock.now() - at > ms) {
      at = clock.now();
      value = load();
      value.catch(() => (value = undefined));
    }
    return value;
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => (value ??= load());
}
