import { fail, type PulseError } from '../errors.ts';
import type { Exchange, OAuth } from '../platforms/oauth.ts';
import { hidden } from '../secret.ts';
import { type Denial, type Grant, readDenial, readGrant } from './answer.ts';

/** The app that people agree to. */
export interface Client {
  id?: string;
  secret?: string;
}

/** Where and how tokens are asked for. */
export interface Asking {
  /** Name of the network for people. */
  platform: string;
  oauth: OAuth;
  client: Client;
  /** Another address that speaks the network's API; requests for tokens go there, too. */
  api?: string | undefined;
  fetch: typeof globalThis.fetch;
  /** Aborted when the answer would come too late. */
  signal?: AbortSignal;
}

/** No answer for this long is no answer, ms. */
const patience = 20_000;
/** Reddit turns away who does not say what it is. */
const asOurselves = { accept: 'application/json', 'user-agent': 'SocialPulse' };

/** A code that a person brought back becomes tokens (RFC 6749, 4.1.3; RFC 7636, 4.5). Throws as `ask`. */
export async function exchangeCode(
  asking: Asking,
  code: string,
  redirect: string,
  verifier: string | undefined,
): Promise<Grant> {
  const { renewal, token } = asking.oauth;
  const grant = await post(asking, token, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirect,
    ...(verifier !== undefined && { code_verifier: verifier }),
  });
  if (renewal.how !== 'exchange' || renewal.first === undefined) return grant;
  // Meta hands out one for an hour first, and one for two months in exchange for it.
  const first = { sends: ['client_secret'] as const, ...renewal.first };
  const longer = await exchange(asking, first, grant.access ?? '');
  return { ...grant, ...longer };
}

/** New tokens for a refresh token, or for a living access token where the network exchanges those. Throws as `ask`. */
export function renew(asking: Asking, token: string): Promise<Grant> {
  const { renewal, token: address } = asking.oauth;
  if (renewal.how === 'exchange') return exchange(asking, renewal, token);
  return post(asking, address, { grant_type: 'refresh_token', refresh_token: token });
}

function post(asking: Asking, address: string, fields: Record<string, string>): Promise<Grant> {
  const { oauth, client } = asking;
  const { id = '', secret = '' } = client;
  const basic = oauth.client === 'basic' && secret !== '';
  const body = new URLSearchParams({
    ...fields,
    ...(!basic && { [oauth.clientIdName ?? 'client_id']: id }),
    ...(!basic && secret !== '' && { client_secret: secret }),
  });
  // RFC 6749, 2.3.1: both are form-encoded before they are joined.
  const joined = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return ask(asking, address, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic && { authorization: `Basic ${Buffer.from(joined).toString('base64')}` }),
    },
    body: body.toString(),
  });
}

function exchange(asking: Asking, by: Exchange, token: string): Promise<Grant> {
  const { id = '', secret = '' } = asking.client;
  const url = new URL(by.url);
  url.searchParams.set('grant_type', by.grant);
  if (by.sends?.includes('client_id')) url.searchParams.set('client_id', id);
  if (by.sends?.includes('client_secret')) url.searchParams.set('client_secret', secret);
  url.searchParams.set(by.parameter ?? 'access_token', token);
  return ask(asking, url.href, { method: 'GET' });
}

/**
 * Throws CREDENTIALS_REFUSED when the network says that the token or the app is no longer good, DELIVERY_BUSY when it
 * says nothing about either. No token is in what is thrown.
 */
async function ask(asking: Asking, address: string, init: RequestInit): Promise<Grant> {
  const { platform, fetch, client, signal } = asking;
  const limits = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
  let status: number;
  let body: unknown;
  let after: string | null;
  try {
    const response = await fetch(movedTo(asking.api, address), {
      ...init,
      headers: { ...asOurselves, ...(init.headers as Record<string, string>) },
      redirect: 'manual',
      signal: AbortSignal.any(limits),
    });
    ({ status } = response);
    after = response.headers.get('retry-after');
    body = parse(await response.text());
  } catch (error) {
    // What fetch says holds the address, and the address may hold a token.
    const name = error instanceof Error ? error.name : 'Error';
    const message = name === 'TimeoutError' ? 'no answer in time' : 'the connection broke';
    throw fail('DELIVERY_BUSY', { platform, status: 0, message });
  }
  const denial = readDenial(status, body);
  const grant = readGrant(body);
  // A refresh token that came without an access token is worth keeping, too.
  if (denial === undefined || (grant.refresh !== undefined && status < 300)) return grant;
  const message = without(denial.message, [client.secret, ...secretsOf(init, address)]);
  throw denied(platform, status, { ...denial, message }, after);
}

function denied(platform: string, status: number, { why, message }: Denial, after: string | null) {
  if (why === 'busy') {
    const wait = /^\d+$/.test(after ?? '') ? ` (come back in ${after ?? ''} s)` : '';
    return fail('DELIVERY_BUSY', { platform, status, message: message + wait });
  }
  const remedy =
    why === 'client'
      ? `Correct ${platform}'s client id and client secret, then sign in anew with \`node jobs/auth.ts\`.`
      : undefined;
  return fail('CREDENTIALS_REFUSED', {
    platform,
    status,
    message,
    ...(remedy !== undefined && { remedy }),
  });
}

/** Whether it is the app, and not the account, that was refused. */
export const isAppRefused = (error: PulseError) => error.details.remedy !== undefined;

/** `address` on the host and below the path of `api`; as it is without. */
export function movedTo(api: string | undefined, address: string): string {
  if (api === undefined || api === '') return address;
  const { pathname, search } = new URL(address);
  return `${api.replace(/\/+$/, '')}${pathname}${search}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Values that were sent, in case the network repeats one. */
function secretsOf(init: RequestInit, address: string): string[] {
  const sent = [
    new URL(address).searchParams,
    new URLSearchParams(typeof init.body === 'string' ? init.body : ''),
  ];
  return sent.flatMap((each) => [...each.values()]);
}

function without(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets.reduce<string>(
    (words, each) =>
      each !== undefined && each.length > 11 ? words.replaceAll(each, hidden) : words,
    text,
  );
}
