import { hostname } from 'node:os';
import { type Clock, systemClock } from './clock.ts';
import { type Config, environmentWith } from './config.ts';
import type { Desk } from './desk/context.ts';
import { keepSessions } from './desk/accounts/sessions.ts';
import { readInstances } from './desk/instances.ts';
import { keepLimits } from './desk/limits.ts';
import { type Hint, locate } from './desk/locate.ts';
import { stateBranch } from './desk/protection.ts';
import { reconcile } from './desk/reconcile.ts';
import { dueOf, type Scope, sweep, type Swept } from './desk/sweep.ts';
import { fail } from './errors.ts';
import { createGitLab, type GitLab } from './gitlab/index.ts';
import { createLog, type Log } from './log.ts';
import type { ModelSurroundings } from './models/index.ts';
import type { LanguageModel } from './models/model.ts';
import { platforms } from './platforms/index.ts';
import { createApiFiles } from './store/api.ts';
import { createRecords } from './store/records.ts';
import type { Files } from './store/files.ts';
import { formatProblem } from './problem.ts';
import type { Profile } from './store/profile.ts';
import { loadDomains } from './store/domains.ts';
import { loadProfiles } from './store/profiles.ts';
import { createSeal } from './tokens/seal.ts';
import { createSigner } from './tokens/sign.ts';

export interface Overrides {
  fetch?: typeof globalThis.fetch;
  /** Made before the rest was loaded, and what it was asked first. */
  gitlab?: GitLab;
  me?: ReturnType<GitLab['me']>;
  clock?: Clock;
  log?: Log;
  /** Where the state branch is read and written; `api` (GitLab's API) needs no clone, `git` is for jobs. */
  state?: 'api' | 'git';
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
  const gitlab =
    overrides.gitlab ?? createGitLab({ url, project, token: token.reveal(), fetch, clock });
  const [me, found] = await Promise.all([overrides.me ?? gitlab.me(), gitlab.getProject()]);
  if (!me.bot) throw fail('TOKEN_OF_A_PERSON', { username: me.username });
  const files =
    overrides.state === 'git'
      ? await mountState(config, found.path, clock)
      : createApiFiles(gitlab, stateBranch, clock);
  const seal = createSeal(token.reveal(), (bytes) => clock.random(bytes));
  const readDefault = async (path: string) =>
    (await gitlab.readFile(path, found.defaultBranch))?.content;
  const listDefault = async (folder: string) =>
    (await gitlab.tree(folder, found.defaultBranch))
      .filter(({ type }) => type === 'blob')
      .map(({ path }) => path);
  return {
    gitlab,
    project: found,
    me,
    files,
    records: createRecords(files),
    readDefault,
    listDefault,
    profiles: cached(profilesMs, clock, () => readProfiles(readDefault, listDefault, log)),
    domains: cached(profilesMs, clock, async () => {
      const { domains, problems } = await loadDomains(readDefault, listDefault);
      for (const problem of problems) log.warn({ problem }, formatProblem(problem));
      return domains;
    }),
    model: once(() => loadModel(config, files, { fetch, clock, log })),
    embedders: once(async () =>
      (await import('./models/embedders.ts')).embeddersOf(config.models.embeddings, { fetch }),
    ),
    clock,
    log,
    fetch,
    variables: (names) => config.credentials(names),
    hide: (secret) => config.hide(secret),
    tokens: new Map(),
    seal,
    signer: createSigner(token.reveal()),
    verdicts: new Map(),
    sessions: keepSessions(files, seal),
    instances: cached(60_000, clock, () => readInstances(files)),
    limits: keepLimits(files, clock, config.networkBudget),
    connections: new Map(),
    settings: {
      settle: config.settle,
      claim: config.claim,
      lease: leaseMs,
      holder: `${hostname()}-${process.pid}`,
      ...(config.window === undefined ? {} : { window: config.window }),
      ...(config.server.mediaUrl === undefined ? {} : { mediaUrl: config.server.mediaUrl }),
    },
  };
}

/** The language models; what they used today is kept on the state branch. */
async function loadModel(
  config: Config,
  files: Files,
  around: Pick<ModelSurroundings, 'fetch' | 'clock' | 'log'>,
): Promise<LanguageModel> {
  const [{ createModel }, { usageSchema }, { openJson }] = await Promise.all([
    import('./models/index.ts'),
    import('./models/budget.ts'),
    import('./store/json.ts'),
  ]);
  const nothing = { day: '', input: 0, output: 0, money: 0 };
  const open = () => openJson(files, 'budget.json', usageSchema, nothing);
  return createModel(config.models, {
    ...around,
    ledger: {
      read: async () => (await open()).data,
      write: async (usage) => (await open()).write(usage),
    },
  });
}

/** The state branch in the clone this program runs in. */
async function mountState(config: Config, project: string, clock: Clock): Promise<Files> {
  const { createGitFiles } = await import('./store/git.ts');
  return createGitFiles({
    repo: '.',
    folder: config.stateDir,
    branch: stateBranch,
    remote: `${config.gitlab.url}/${project}.git`,
    token: config.gitlab.token.reveal(),
    author: { name: 'SocialPulse', email: 'socialpulse@localhost' },
    environment: environmentWith({}),
    clock,
  });
}

/** Profiles as they stand on the default branch; what is wrong with the others is logged, every time. */
async function readProfiles(
  read: Desk['readDefault'],
  list: Desk['listDefault'],
  log: Log,
): Promise<readonly Profile[]> {
  const { profiles, problems } = await loadProfiles(read, list, platforms);
  for (const problem of problems) log.warn({ problem }, formatProblem(problem));
  return profiles;
}

/** What the bot and the jobs call. */
export interface App {
  desk: Desk;
  /** Reconciles every post that a hint is about; says when one of them must be looked at again, ms. */
  reconcile(hint: Hint): Promise<{ nextDue?: number }>;
  sweep(scope?: Scope): Promise<Swept>;
}

/** The desk with what can be asked of it. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const desk = await createDesk(config, overrides);
  return {
    desk,
    async reconcile(hint) {
      const due: number[] = [];
      for (const id of await locate(desk, hint)) {
        const record = await reconcile(desk, id);
        const next = record === undefined ? undefined : await dueOf(desk, record);
        if (next !== undefined) due.push(next);
      }
      return due.length === 0 ? {} : { nextDue: Math.min(...due) };
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
