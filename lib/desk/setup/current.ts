import type { Clock } from '../../clock.ts';
import { fail, isError } from '../../errors.ts';
import { createGitLab, type GitLab } from '../../gitlab/index.ts';
import { createSettings, type Settings } from '../../gitlab/settings.ts';
import { stateBranch } from '../protection.ts';
import type { Current, Machine } from './requirement.ts';

export interface DeskDeps {
  /** Address of GitLab, with its sub-path if it has one. */
  url: string;
  project: string;
  /** Of a maintainer or owner; a person's is right here. */
  token: string;
  fetch?: typeof globalThis.fetch;
  clock: Clock;
  /** Where the bot takes webhooks, e.g. `https://desk.example.com/hooks`; absent without a bot. */
  hookUrl?: string;
  /** For git, which begins the state branch: PATH, HOME, proxies, certificates. */
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface Connection {
  gitlab: GitLab;
  settings: Settings;
}

export function openConnection(deps: DeskDeps, token: string): Connection {
  const { url, project, fetch, clock } = deps;
  const options = { url, project, token, clock, ...(fetch && { fetch }) };
  return { gitlab: createGitLab(options), settings: createSettings(options) };
}

/** Everything about the project that requirements look at. Throws DESK_FORBIDDEN, and GitLab's errors. */
export async function readCurrent(deps: DeskDeps, connection: Connection): Promise<Current> {
  const { gitlab, settings } = connection;
  const [me, project] = await Promise.all([gitlab.me(), gitlab.getProject()]);
  try {
    const [projectSettings, labels, boards, rules, branch, hooks, schedules, variables, tokens] =
      await Promise.all([
        settings.projectSettings(),
        settings.labels(),
        settings.boards(),
        settings.protectedBranches(),
        gitlab.branch(stateBranch),
        settings.hooks(),
        settings.schedules(),
        settings.variables(),
        readTokens(settings),
      ]);
    const stored = variables.find(({ key }) => key === 'GITLAB_TOKEN')?.value;
    const levels = await Promise.all(
      schedules.map(async ({ owner }) => (owner ? gitlab.accessLevel(owner.id) : 0)),
    );
    return {
      now: deps.clock.now(),
      project,
      settings: projectSettings,
      labels: labels.map(({ name }) => name),
      boards,
      rules,
      stateBranch: branch !== undefined,
      hooks,
      hookUrl: deps.hookUrl,
      schedules: schedules.map((each, n) => ({ ...each, ownerLevel: levels[n] ?? 0 })),
      variables,
      machine: stored === undefined ? undefined : await readMachine(deps, stored),
      tokens,
    };
  } catch (error) {
    if (!isError(error, 'GITLAB_REFUSED')) throw error;
    if (![401, 403, 404].includes(Number(error.details.status))) throw error;
    throw fail('DESK_FORBIDDEN', { username: me.username, why: error.message }, error);
  }
}

/** Where a plan or an administrator allows no project access tokens there are none. */
async function readTokens(settings: Settings): Promise<Current['tokens']> {
  try {
    return await settings.tokens();
  } catch (error) {
    if (isError(error, 'GITLAB_REFUSED')) return [];
    throw error;
  }
}

/** Whose the token is; undefined when GitLab does not take it (any more). */
export async function readMachine(deps: DeskDeps, token: string): Promise<Machine | undefined> {
  const { gitlab, settings } = openConnection(deps, token);
  try {
    const [{ bot, ...user }, found] = await Promise.all([gitlab.me(), settings.ownToken()]);
    return { user, bot, level: await gitlab.accessLevel(user.id), token: found };
  } catch (error) {
    if (isError(error, 'GITLAB_REFUSED')) return undefined;
    throw error;
  }
}
