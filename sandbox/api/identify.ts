import type { Token, User } from '../model.ts';
import { expiredToken, revokedToken, unauthorized } from '../refusal.ts';
import { day } from '../world.ts';
import type { World } from '../world.ts';

/** Who a token belongs to. Throws GitLab's 401s for one that is unknown, revoked or past its day. */
export function whoHas(world: World, value: string): { user: User; token: Token } {
  const token = Object.values(world.state.tokens).find((each) => each.value === value);
  const user = token && world.state.users[token.userId];
  if (token === undefined || user === undefined) throw unauthorized();
  if (token.revoked) throw revokedToken();
  const now = world.clock.now();
  if (token.expiresAt !== undefined && token.expiresAt <= day(now)) throw expiredToken();
  if (user.state !== 'active') throw unauthorized();
  token.lastUsedAt = now;
  return { user, token };
}

/** Who sends a request; undefined when it bears no token. A job's own token is another header's. */
export function identify(world: World, request: Request) {
  const { headers } = request;
  const bearer = /^Bearer +(.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  const mark = request.url.indexOf('private_token=');
  const asked =
    mark < 0 ? undefined : new URLSearchParams(request.url.split('?')[1]).get('private_token');
  const value = headers.get('private-token') ?? bearer ?? asked ?? undefined;
  const job = headers.get('job-token') ?? undefined;
  if (value === undefined && job === undefined) return undefined;
  const found = whoHas(world, value ?? job ?? '');
  if ((found.token.job === true) !== (value === undefined)) throw unauthorized();
  return found;
}

/** The token in the password of HTTP Basic, as git sends it; any username will do. */
export function basicToken(request: Request): string | undefined {
  const found = /^Basic +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (found === undefined) return undefined;
  const pair = Buffer.from(found, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
