import { z } from 'zod';

/** What a network hands out. */
export interface Grant {
  /** Absent in an answer that is none; whatever else it holds must be kept all the same. */
  access?: string;
  refresh?: string;
  /** How long each is good for, ms. */
  life?: number;
  refreshLife?: number;
  scopes?: readonly string[];
}

/**
 * Why there was no grant. `grant`: the code or token is no longer good, a person must sign in anew. `client`: id or
 * secret of the app are wrong. `busy`: nothing is said about either.
 */
export interface Denial {
  why: 'grant' | 'client' | 'busy';
  message: string;
}

const word = z.string().trim().min(1).optional().catch(undefined);
/** Seconds, which some networks write as text. */
const seconds = z.coerce.number().positive().optional().catch(undefined);
const answer = z.object({
  access_token: word,
  refresh_token: word,
  expires_in: seconds,
  refresh_expires_in: seconds,
  refresh_token_expires_in: seconds,
  scope: word,
});

/** Reads a token answer (RFC 6749, 5.1) and its dialects; what is empty or of the wrong kind counts as not said. */
export function readGrant(body: unknown): Grant {
  // Instagram wraps the first one in a list.
  const wrapped = z.object({ data: z.tuple([z.unknown()]) }).safeParse(body).data?.data[0];
  const said = answer.safeParse(wrapped ?? body).data;
  if (said === undefined) return {};
  const refreshLife = said.refresh_expires_in ?? said.refresh_token_expires_in;
  return {
    ...(said.access_token && { access: said.access_token }),
    ...(said.refresh_token && { refresh: said.refresh_token }),
    ...(said.expires_in && { life: said.expires_in * 1000 }),
    ...(refreshLife && { refreshLife: refreshLife * 1000 }),
    ...(said.scope && { scopes: said.scope.split(/[\s,]+/) }),
  };
}

const plain = z.object({ error: z.string(), error_description: z.string().optional() });
/** Reddit's. */
const numbered = z.object({ error: z.number(), message: z.string().optional() });
/** Meta's. */
const graph = z.object({
  error: z.object({ message: z.string(), code: z.number(), is_transient: z.boolean().optional() }),
});

/** RFC 6749, 5.2 and RFC 6749, 4.1.2.1. */
const clientErrors = ['invalid_client', 'unauthorized_client'];
const busyErrors = ['temporarily_unavailable', 'server_error', 'slow_down', 'rate_limit_exceeded'];
/** Meta: unknown, service, too many calls in several ways. */
const graphBusy = [1, 2, 4, 17, 32, 341, 613];

/**
 * Why an answer is no grant; undefined when it is one. X says `invalid_request` of a refresh token that was used, so
 * every refusal that is not about the client is about the grant. A page instead of JSON comes from something in between.
 */
export function readDenial(status: number, body: unknown): Denial | undefined {
  const message = messageOf(body) ?? `it answered ${String(status)}`;
  if (status === 429 || status === 408 || status >= 500) return { why: 'busy', message };
  const meta = graph.safeParse(body).data?.error;
  if (meta) {
    const busy = meta.is_transient === true || graphBusy.includes(meta.code);
    return { why: busy ? 'busy' : meta.code === 101 ? 'client' : 'grant', message };
  }
  const error = plain.safeParse(body).data?.error;
  if (error) {
    if (busyErrors.includes(error)) return { why: 'busy', message };
    return { why: clientErrors.includes(error) ? 'client' : 'grant', message };
  }
  const code = numbered.safeParse(body).data?.error;
  if (code !== undefined && code >= 400 && code < 500)
    return { why: code === 401 ? 'client' : code === 429 ? 'busy' : 'grant', message };
  if (status >= 300 || readGrant(body).access === undefined) return { why: 'busy', message };
  return undefined;
}

function messageOf(body: unknown): string | undefined {
  const meta = graph.safeParse(body).data?.error;
  if (meta) return meta.message;
  const said = plain.safeParse(body).data;
  if (said) return said.error_description ? `${said.error}, ${said.error_description}` : said.error;
  return numbered.safeParse(body).data?.message;
}
