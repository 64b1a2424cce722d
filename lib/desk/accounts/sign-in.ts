import { asPulseError, fail } from '../../errors.ts';
import type { Clock } from '../../clock.ts';
import type { Account, Connection, Platform } from '../../platforms/platform.ts';
import type { Identity } from '../../platforms/reading.ts';
import type { Grant } from '../../tokens/answer.ts';
import { authorize, codeIn, type Request } from '../../tokens/authorize.ts';
import { type Client, exchangeCode } from '../../tokens/request.ts';
import { tokenVariables } from '../../tokens/held.ts';

export interface SigningIn {
  platform: Platform;
  account: Account;
  client: Client;
  api: string | undefined;
  /** Variables by the network's own names, for the connection that asks who it is. */
  credentials: Readonly<Record<string, string>>;
  fetch: typeof globalThis.fetch;
  clock: Clock;
}

/** Makes the link a person opens. Throws CREDENTIALS_MISSING when the app is not known. */
export function beginSignIn(signing: SigningIn, redirect: string): Request {
  const { platform, account, client, clock } = signing;
  const names = tokenVariables(platform.name, account.variables);
  if (!platform.oauth || client.id === undefined)
    throw fail('CREDENTIALS_MISSING', {
      platform: platform.title,
      variables: `${names.clientId} and, where the app has one, ${names.clientSecret}`,
    });
  const { oauth } = platform;
  const scopes = oauth.scopesFor?.(account) ?? oauth.scopes;
  return authorize({ ...oauth, scopes }, client.id, redirect, clock.random(48));
}

export interface SignedIn {
  grant: Grant & { access: string };
  /** When it was handed out, ms UTC. */
  at: number;
  /** Absent where the network does not tell, or could not tell now. */
  who?: Identity;
}

/**
 * Turns what came back into tokens, and asks who they belong to. Nothing is stored. Throws CREDENTIALS_REFUSED when
 * anybody says no, also to the very first request with the new token; DELIVERY_BUSY when there is no answer.
 */
export async function finishSignIn(
  signing: SigningIn,
  request: Request,
  answer: URLSearchParams,
): Promise<SignedIn> {
  const { platform, client, api, fetch, clock } = signing;
  const { oauth, title } = platform;
  if (!oauth) throw fail('INTERNAL', { why: `${title} has no sign-in` });
  const code = codeIn(request, answer, title);
  const at = clock.now();
  const asking = { platform: title, oauth, client, api, fetch };
  const { access, ...rest } = await exchangeCode(asking, code, request.redirect, request.verifier);
  if (access === undefined)
    throw fail('DELIVERY_BUSY', {
      platform: title,
      status: 200,
      message: 'it sent no access token',
    });
  const who = await whoIs(signing, access);
  return { grant: { ...rest, access }, at, ...(who && { who }) };
}

async function whoIs(signing: SigningIn, access: string): Promise<Identity | undefined> {
  const { platform, account, credentials, fetch, clock } = signing;
  const tokens = { access: () => Promise.resolve(access), refused: () => undefined };
  const now = () => clock.now();
  let connection: Connection;
  try {
    connection = await platform.connect(account, { fetch, now, credentials, tokens });
    return await connection.whoami?.();
  } catch (error) {
    // A code serves once: what is not a plain no must not cost the tokens.
    if (asPulseError(error).code === 'CREDENTIALS_REFUSED') throw error;
    return undefined;
  }
}
