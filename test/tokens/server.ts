import { createHash, randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { OAuth } from '../../lib/platforms/oauth.ts';
import { type Host, startHost } from '../platforms/host.ts';

interface Family {
  revoked: boolean;
  refresh: string;
  access: { token: string; expires: number }[];
}

/** A network's authorization server, stricter than any. */
export interface AuthServer {
  host: Host;
  oauth: OAuth;
  client: { id: string; secret: string };
  /** Has a person agree; where the browser is sent then. */
  agree(link: string): Promise<URL>;
  /** Tokens as from a sign-in of long ago. */
  grant(): { access: string; refresh: string; expires: number };
  revoke(refresh: string): void;
  /** Refresh requests that were answered with tokens. */
  renewed: () => number;
  /** Whether an access token is taken now. */
  takes(token: string): boolean;
  /** What it does to a refresh request, once: changes the answer's body. */
  spoil(change: ((body: Record<string, unknown>) => unknown) | undefined): void;
  close(): Promise<void>;
}

export interface AuthOptions {
  now: () => number;
  renewal?: OAuth['renewal']['how'];
  client?: OAuth['client'];
  clientIdName?: string;
  /** Of an access token, ms. */
  life?: number;
  /** Paths and scopes of a network instead of our own. */
  like?: OAuth;
}

const hour = 3_600_000;
const pathOf = (address: string | undefined, own: string) =>
  address === undefined ? own : new URL(address).pathname;
const token = () => randomBytes(24).toString('base64url');

/**
 * Codes serve once, with the verifier whose challenge was shown; a refresh token serves once where they rotate, and one
 * that comes again takes its whole family with it. A field too many is refused as much as one that is missing.
 */
export async function startAuthServer(options: AuthOptions): Promise<AuthServer> {
  const { now, like, renewal = 'rotating', client: way = 'basic', life = 2 * hour } = options;
  const idName = options.clientIdName ?? 'client_id';
  const client = { id: 'app-1', secret: 'app+secret/with=signs' };
  const codes = new Map<string, { challenge: string; redirect: string; used?: Family }>();
  const families: Family[] = [];
  /** Refresh tokens that have served. */
  const used = new Map<string, Family>();
  let renewals = 0;
  let spoiled: ((body: Record<string, unknown>) => unknown) | undefined;
  const app = new Hono();
  const no = (context: Context, error: string, why: string, status: 400 | 401 = 400) =>
    context.json({ error, error_description: why }, status);
  const issue = (family: Family) => {
    const access = { token: `access-${token()}`, expires: now() + life };
    family.access.push(access);
    return access;
  };
  const begin = (): Family => {
    const family = { revoked: false, refresh: `refresh-${token()}`, access: [] };
    families.push(family);
    return family;
  };
  const answer = (family: Family, refresh: string | undefined) => ({
    token_type: 'bearer',
    expires_in: life / 1000,
    access_token: issue(family).token,
    ...(refresh !== undefined && { refresh_token: refresh }),
    scope: 'post.write offline',
  });
  const familyOf = (access: string) =>
    families.find(({ access: all }) => all.some((each) => each.token === access));
  const takes = (access: string) => {
    const family = familyOf(access);
    const found = family?.access.find((each) => each.token === access);
    return family?.revoked === false && found !== undefined && found.expires > now();
  };

  app.get(pathOf(like?.authorize, '/authorize'), (context) => {
    const {
      redirect_uri: redirect = '',
      code_challenge: challenge = '',
      ...query
    } = context.req.query();
    const expected = {
      response_type: 'code',
      [idName]: client.id,
      scope: like?.scopes.join(' ') ?? 'post.write offline',
      code_challenge_method: 'S256',
      ...(like ? like.extra : { access_type: 'offline' }),
    };
    const { state = '', ...rest } = query;
    const same =
      JSON.stringify(Object.entries(rest).sort()) ===
      JSON.stringify(Object.entries(expected).sort());
    if (
      !same ||
      state.length < 16 ||
      !/^[\w-]{43}$/.test(challenge) ||
      URL.parse(redirect) === null
    )
      return no(context, 'invalid_request', 'strange parameters');
    const code = token();
    codes.set(code, { challenge, redirect });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', state);
    return context.redirect(back.href);
  });

  app.post(pathOf(like?.token, '/token'), async (context) => {
    const fields = Object.fromEntries(new URLSearchParams(await context.req.text()));
    const {
      grant_type: kind,
      code = '',
      redirect_uri,
      code_verifier = '',
      refresh_token = '',
      ...rest
    } = fields;
    const basic = `Basic ${Buffer.from([client.id, client.secret].map(encodeURIComponent).join(':')).toString('base64')}`;
    const known =
      way === 'basic'
        ? context.req.header('authorization') === basic && Object.keys(rest).length === 0
        : rest[idName] === client.id &&
          rest.client_secret === client.secret &&
          Object.keys(rest).length === 2;
    if (!known) return no(context, 'invalid_client', 'who are you', 401);
    if (kind === 'authorization_code') {
      const found = codes.get(code);
      if (!found) return no(context, 'invalid_grant', 'no such code');
      if (found.used) {
        found.used.revoked = true;
        return no(context, 'invalid_grant', 'the code was used');
      }
      const proof = createHash('sha256').update(code_verifier).digest('base64url');
      if (proof !== found.challenge || redirect_uri !== found.redirect)
        return no(context, 'invalid_grant', 'wrong verifier or redirect');
      found.used = begin();
      return context.json(
        answer(found.used, renewal === 'exchange' ? undefined : found.used.refresh),
      );
    }
    if (kind !== 'refresh_token') return no(context, 'unsupported_grant_type', 'what');
    const family = families.find(({ refresh }) => refresh === refresh_token);
    if (!family || family.revoked) {
      // One that was used before: somebody may have stolen it.
      const thief = used.get(refresh_token);
      if (thief) thief.revoked = true;
      return no(context, 'invalid_grant', `the refresh token ${refresh_token} is not good`);
    }
    if (renewal === 'rotating') {
      used.set(family.refresh, family);
      family.refresh = `refresh-${token()}`;
    }
    renewals += 1;
    const body = answer(family, renewal === 'rotating' ? family.refresh : undefined);
    const change = spoiled;
    spoiled = undefined;
    return context.json((change ? change(body) : body) as object);
  });

  app.get('/exchange', (context) => {
    const { grant_type: kind, access_token: old = '', ...rest } = context.req.query();
    if (kind !== 'renew' || Object.keys(rest).length > 0 || !takes(old))
      return context.json(
        { error: { message: `no session for ${old}`, type: 'OAuthException', code: 190 } },
        400,
      );
    const family = familyOf(old) ?? begin();
    renewals += 1;
    return context.json({
      access_token: issue(family).token,
      token_type: 'bearer',
      expires_in: String(life / 1000),
    });
  });

  app.get('/me', (context) => {
    const access = context.req.header('authorization')?.replace('Bearer ', '') ?? '';
    if (!takes(access)) return no(context, 'invalid_token', 'not good', 401);
    return context.json({ id: '7', name: '@desk' });
  });

  app.get('/2/users/me', (context) => {
    const access = context.req.header('authorization')?.replace('Bearer ', '') ?? '';
    if (!takes(access))
      return context.json({ title: 'Unauthorized', status: 401, detail: 'Unauthorized' }, 401);
    return context.json({ data: { id: '7', username: 'desk', name: 'The Desk' } });
  });

  const host = await startHost(app, () => []);
  const oauth: OAuth = {
    authorize: `${host.url}/authorize`,
    token: `${host.url}/token`,
    scopes: ['post.write', 'offline'],
    pkce: true,
    client: way,
    ...(options.clientIdName !== undefined && { clientIdName: options.clientIdName }),
    extra: { access_type: 'offline' },
    renewal:
      renewal === 'exchange'
        ? { how: renewal, url: `${host.url}/exchange`, grant: 'renew' }
        : { how: renewal },
  };
  return {
    host,
    oauth,
    client,
    async agree(link) {
      const { pathname, search } = new URL(link);
      const response = await fetch(`${host.url}${pathname}${search}`, { redirect: 'manual' });
      const location = response.headers.get('location');
      if (location === null) throw new Error(await response.text());
      return new URL(location);
    },
    grant() {
      const family = begin();
      const { token: access, expires } = issue(family);
      return { access, refresh: family.refresh, expires };
    },
    revoke(refresh) {
      for (const family of families) if (family.refresh === refresh) family.revoked = true;
    },
    renewed: () => renewals,
    takes,
    spoil: (change) => (spoiled = change),
    close: () => host.close(),
  };
}
