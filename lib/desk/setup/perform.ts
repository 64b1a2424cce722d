import { fail } from '../../errors.ts';
import { hookEvents } from '../../gitlab/settings-objects.ts';
import { stateBranch } from '../protection.ts';
import { beginStateBranch } from './begin.ts';
import { type Connection, type DeskDeps, openConnection, readMachine } from './current.ts';
import {
  day,
  deskLabels,
  hookName,
  machineName,
  machineScopes,
  schedule,
  tokenDays,
} from './names.ts';
import type { Action, HookVariable } from './requirement.ts';
import { needsCertificate, pushFilter } from './requirements/events.ts';

const described = {
  GITLAB_TOKEN: 'Token of the machine account of the desk',
  PULSE_HOOK_SIGNING_TOKEN: 'Signing token of the webhook, for the bot',
  PULSE_HOOK_TOKEN: 'Secret token of the webhook, for the bot',
};

/** Carries out actions, one after the other. Secrets are made here and go nowhere but to GitLab. */
export function createPerformer(deps: DeskDeps, first: Connection) {
  let connection = first;

  /** Stores a secret, masked and protected. A hidden variable cannot be made visible: it is made anew. */
  const store = async (key: keyof typeof described, value: string): Promise<void> => {
    const { settings } = connection;
    const found = (await settings.variables()).find((each) => each.key === key);
    if (found?.hidden === true) await settings.deleteVariable(key);
    if (found === undefined || found.hidden)
      await settings.createVariable(key, value, described[key]);
    else await settings.editVariable(key, { value, masked: true, protected: true });
  };

  const secretOf = async (key: keyof typeof described) =>
    (await connection.settings.variables()).find((each) => each.key === key)?.value;

  const takeToken = async (make: () => Promise<{ value?: string }>, replaced?: number) => {
    // When the token that is renewed is the one in use, the new one is from here on.
    const own = replaced === undefined ? undefined : (await connection.settings.ownToken()).id;
    const { value } = await make();
    if (value === undefined)
      throw fail('GITLAB_UNEXPECTED', { call: 'POST /access_tokens', problems: 'no token in it' });
    if (own !== undefined && own === replaced) connection = openConnection(deps, value);
    await store('GITLAB_TOKEN', value);
  };

  const expiry = () => new Date(deps.clock.now() + tokenDays * day).toISOString().slice(0, 10);

  const setHook = async (hook: number | undefined, url: string): Promise<void> => {
    const { settings, gitlab } = connection;
    const { defaultBranch } = await gitlab.getProject();
    const wanted = {
      url,
      name: hookName,
      ...Object.fromEntries(hookEvents.map((event) => [`${event}_events`, true])),
      branch_filter_strategy: 'regex',
      push_events_branch_filter: pushFilter(defaultBranch),
      enable_ssl_verification: needsCertificate(url),
      token: await secretOf('PULSE_HOOK_TOKEN'),
      signing_token: await secretOf('PULSE_HOOK_SIGNING_TOKEN'),
    };
    await (hook === undefined ? settings.createHook(wanted) : settings.editHook(hook, wanted));
  };

  const makeSecret = (key: HookVariable) => {
    const bytes = Buffer.from(deps.clock.random(32));
    return key === 'PULSE_HOOK_TOKEN'
      ? bytes.toString('base64url')
      : `whsec_${bytes.toString('base64')}`;
  };

  const perform = async (action: Action): Promise<void> => {
    const { settings, gitlab } = connection;
    switch (action.do) {
      case 'set-project':
        return settings.updateProject(action.change);
      case 'create-label': {
        const label = deskLabels.find(({ name }) => name === action.name);
        if (label !== undefined) await settings.createLabel(label);
        return;
      }
      case 'create-board':
        await settings.createBoard(action.name);
        return;
      case 'add-board-lists': {
        const board = (await settings.boards()).find(({ name }) => name === action.board);
        const labels = await settings.labels();
        for (const wanted of action.labels) {
          const label = labels.find(({ name }) => name === wanted);
          if (board !== undefined && label !== undefined)
            await settings.addBoardList(board.id, label.id);
        }
        return;
      }
      case 'begin-state-branch':
        return beginStateBranch(deps, connection);
      case 'unprotect':
        return settings.unprotectBranch(action.branch);
      case 'protect': {
        const token = action.for === 'machine' ? await secretOf('GITLAB_TOKEN') : undefined;
        const machine = token === undefined ? undefined : await readMachine(deps, token);
        await settings.protectBranch(action.branch, {
          merge: action.branch === stateBranch ? 0 : 40,
          ...(machine && { pushUser: machine.user.id }),
        });
        return;
      }
      case 'create-machine':
        return takeToken(() =>
          settings.createToken({
            name: machineName,
            scopes: machineScopes,
            access_level: 40,
            expires_at: expiry(),
          }),
        );
      case 'rotate-machine':
        return takeToken(() => settings.rotateToken(action.token, expiry()), action.token);
      case 'guard-variable': {
        const value = await secretOf('GITLAB_TOKEN');
        if (value !== undefined) await store('GITLAB_TOKEN', value);
        return;
      }
      case 'make-variable':
        return store(action.key, makeSecret(action.key));
      case 'set-hook':
        return setHook(action.hook, action.url);
      case 'create-schedule': {
        const { defaultBranch } = await gitlab.getProject();
        await settings.createSchedule({ ...schedule, ref: defaultBranch });
        return;
      }
      case 'own-schedule':
        return settings.ownSchedule(action.schedule);
    }
  };
  return {
    perform,
    /** The one in use: a token may have been renewed. */ connection: () => connection,
  };
}
