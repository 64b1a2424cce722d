import { fail, isError } from '../../errors.ts';
import type { Tokens } from '../../platforms/oauth.ts';
import { platformNamed } from '../../platforms/index.ts';
import type { Account, Platform, Surroundings } from '../../platforms/platform.ts';
import { heldIn, tokenVariables } from '../../tokens/held.ts';
import type { TokenStore } from '../../tokens/holding.ts';
import { createLock } from '../../tokens/lock.ts';
import { noteSchema } from '../../tokens/note.ts';
import type { Client } from '../../tokens/request.ts';
import { createTokens } from '../../tokens/tokens.ts';
import type { Desk } from '../context.ts';
import { identityOf, listAccounts } from './identity.ts';
import { variableStore } from './variables.ts';

/** How long one process may be at the tokens of an account, ms. */
const lockLasts = 150_000;

/** What belongs to the app and the server and not to the account: shared unless an account has one of its own. */
const shared = /_(API|SERVER|SERVICE|CLIENT_ID|CLIENT_SECRET)$/;

/** Values by the names the network knows, whatever the account's variables begin with. */
export function valuesFor(
  { variables }: Pick<Desk, 'variables'>,
  { variables: prefix = '' }: Account,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const own = variables(names.map((name) => prefix + name));
  const ours = variables(names.filter((name) => shared.test(name)));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = own[prefix + name] ?? ours[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * What an account is connected with: its variables by the network's own names, its tokens where it has signed in with
 * OAuth, and what was kept of earlier connections. Asks GitLab for tokens only when this process was given none.
 */
export async function credentialsFor(
  desk: Desk,
  account: Account,
): Promise<Pick<Surroundings, 'credentials' | 'tokens' | 'cache'>> {
  const platform = platformNamed(account.platform);
  const [tokens, cache] = await Promise.all([
    tokensFor(desk, platform, account),
    desk.sessions.of(identityOf(account)),
  ]);
  const plain = platform.oauth && !tokens ? [tokenVariables(platform.name).access] : [];
  const credentials = valuesFor(desk, account, [...platform.credentials, ...plain]);
  return { credentials, cache, ...(tokens && { tokens }) };
}

/** What an adapter misses goes by other names where the account's variables begin with a word of their own. */
export function withOwnNames(error: unknown, { platform, variables = '' }: Account): unknown {
  if (variables === '' || !isError(error, 'CREDENTIALS_MISSING')) return error;
  const network = `${platform.toUpperCase().replaceAll('-', '_')}_`;
  const named = String(error.details.variables).replaceAll(
    new RegExp(`\\b(?=${network})`, 'g'),
    variables,
  );
  return fail('CREDENTIALS_MISSING', {
    platform: String(error.details.platform),
    variables: named,
  });
}

/** Tokens of an account, one keeper of them in a process; undefined when it has none. */
export function tokensFor(
  desk: Desk,
  platform: Platform,
  account: Account,
): Promise<Tokens | undefined> {
  if (!platform.oauth) return Promise.resolve(undefined);
  const identity = identityOf(account);
  let tokens = desk.tokens.get(identity);
  if (tokens === undefined) {
    tokens = open(desk, platform, account);
    desk.tokens.set(identity, tokens);
    tokens.then(
      (found) => found ?? desk.tokens.delete(identity),
      () => desk.tokens.delete(identity),
    );
  }
  return tokens;
}

async function open(desk: Desk, platform: Platform, account: Account): Promise<Tokens | undefined> {
  const { oauth, name, title } = platform;
  if (!oauth) return undefined;
  const names = tokenVariables(name, account.variables);
  const store = storeFor(desk, platform, account);
  const given = heldIn(desk.variables([names.access, names.refresh, names.expires]), names);
  const held = (given.access ?? given.refresh) ? given : await store.read();
  if (held.access === undefined && held.refresh === undefined) return undefined;
  const { client, api } = appFor(desk, platform, account);
  return createTokens({
    platform: title,
    account: await nameOf(desk, account),
    oauth,
    client,
    api,
    held,
    store,
    lock: lockFor(desk, account),
    seal: desk.seal,
    fetch: desk.fetch,
    clock: desk.clock,
    warn: (err) => {
      const level = err.code === 'TOKENS_UNSAVED' ? 'error' : 'warn';
      desk.log[level]({ err, account: account.name }, 'tokens');
    },
  });
}

/** The app that people agree to, and where its network is asked. */
export function appFor(
  desk: Desk,
  { name }: Platform,
  account: Account,
): { client: Client; api: string | undefined } {
  const { clientId, clientSecret } = tokenVariables(name);
  const api = `${name.toUpperCase().replaceAll('-', '_')}_API`;
  const values = valuesFor(desk, account, [clientId, clientSecret, api]);
  const [id, secret] = [values[clientId], values[clientSecret]];
  return {
    client: { ...(id !== undefined && { id }), ...(secret !== undefined && { secret }) },
    api: values[api],
  };
}

/** The account's tokens among the CI/CD variables; whatever is read or written there appears in no log. */
export function storeFor(desk: Desk, platform: Platform, account: Account): TokenStore {
  const names = tokenVariables(platform.name, account.variables);
  const store = variableStore(desk.gitlab, names, platform.title);
  const hide = (...values: readonly (string | undefined)[]) => {
    for (const value of values) if (value !== undefined) desk.hide(value);
  };
  return {
    async read() {
      const held = await store.read();
      hide(held.access, held.refresh);
      return held;
    },
    async write(change) {
      hide(change.access, change.refresh);
      await store.write(change);
    },
  };
}

/** One process at a time is at the tokens of an account. */
export const lockFor = (
  { files, clock, settings }: Pick<Desk, 'files' | 'clock' | 'settings'>,
  account: Account,
) =>
  createLock(files, `tokens/${identityOf(account)}`, noteSchema, {
    clock,
    holder: settings.holder,
    lasts: lockLasts,
  });

async function nameOf(desk: Desk, account: Account): Promise<string> {
  const wanted = JSON.stringify(account);
  const all = listAccounts(await desk.profiles());
  return all.find((each) => JSON.stringify(each.account) === wanted)?.name ?? account.name;
}
