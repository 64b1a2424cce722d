import { createHash } from 'node:crypto';

/** What is known of one account's tokens. What is absent is not known; nothing here is ever the empty string. */
export interface Held {
  access?: string;
  refresh?: string;
  /** When the access token ends, ms UTC. */
  expires?: number;
}

/** The variables that hold the tokens of an account and the client they belong to. */
export interface TokenVariables {
  access: string;
  refresh: string;
  expires: string;
  clientId: string;
  clientSecret: string;
}

/** `<PREFIX><NETWORK>_ACCESS_TOKEN` and so on; the prefix keeps two accounts of one network apart. Pure. */
export function tokenVariables(network: string, prefix = ''): TokenVariables {
  const name = `${prefix}${network.toUpperCase().replaceAll('-', '_')}`;
  return {
    access: `${name}_ACCESS_TOKEN`,
    refresh: `${name}_REFRESH_TOKEN`,
    expires: `${name}_TOKEN_EXPIRES`,
    clientId: `${name}_CLIENT_ID`,
    clientSecret: `${name}_CLIENT_SECRET`,
  };
}

/** Tokens among the values of variables; an empty one counts as none. `expires` is a date, or seconds since 1970. */
export function heldIn(
  values: Readonly<Record<string, string | undefined>>,
  names: Pick<TokenVariables, 'access' | 'refresh' | 'expires'>,
): Held {
  const access = values[names.access]?.trim();
  const refresh = values[names.refresh]?.trim();
  const expires = timeIn(values[names.expires]?.trim() ?? '');
  return {
    ...(access && { access }),
    ...(refresh && { refresh }),
    ...(access && expires !== undefined && { expires }),
  };
}

function timeIn(text: string): number | undefined {
  const time = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const minute = 60_000;

/** How long before its end a token is renewed: five minutes, or a tenth of its life; for one of 60 days, six days. */
export const marginOf = (life = 0): number => Math.max(5 * minute, life / 10);

/** Whether a request that leaves now with this token will be answered before it ends. */
export function isAlive({ access, expires }: Held, now: number): boolean {
  return access !== undefined && (expires === undefined || now < expires - minute / 2);
}

/** Whether it is good for a while yet. `life` is what the network gave it, ms, where that is known. */
export function isFresh(held: Held, now: number, life?: number): boolean {
  const { expires } = held;
  return isAlive(held, now) && (expires === undefined || now < expires - marginOf(life));
}

/** Tells one token from another where the token itself must not stand; says nothing about it. */
export function fingerprint(token: string | undefined): string {
  return createHash('sha256')
    .update(`socialpulse ${token ?? ''}`)
    .digest('hex')
    .slice(0, 16);
}
