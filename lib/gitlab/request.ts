import pRetry from 'p-retry';
import type { Clock } from '../clock.ts';
import { fail } from '../errors.ts';
import { isBusy, messageOf, refusal } from './answers.ts';

export interface Connection {
  /** Address of GitLab, with its sub-path if it has one, without `/api/v4`. */
  url: string;
  token: string;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** How long one request may take, ms. */
  timeout: number;
}

export interface Call {
  method: string;
  /** Below `/api/v4/`, encoded. */
  path: string;
  /** Encoded, without `?`. */
  query?: string;
  body?: unknown;
  /** The answer is taken as it is; for files, which may be large and lie elsewhere. */
  bytes?: true;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, undefined when there is none; a Uint8Array where bytes were asked for. */
  body: unknown;
}

export type Send = (call: Call) => Promise<Answer>;

/** Tries of one call in all. */
const tries = 6;
const firstWait = 300;
const longestWait = 20_000;
/** GitLab's limits are per minute; who is told to wait longer than this is told so. */
const patience = 90_000;
const redirects = 5;
/** How many times as long a file may take as an answer. */
const patienceForFiles = 10;

/** A failure that may be tried again, and when GitLab wants it to be. */
class Again extends Error {
  readonly failure: Error;
  readonly wait: number | undefined;
  constructor(failure: Error, wait?: number) {
    super(failure.message);
    this.failure = failure;
    this.wait = wait;
  }
}

/**
 * Sends requests to GitLab's REST API. Reads are tried again when GitLab is busy or does not answer; writes only when
 * they are known not to have acted (429, connection refused). Waits as long as Retry-After or RateLimit-Reset says.
 * Throws GITLAB_REFUSED, GITLAB_BUSY, GITLAB_UNREACHABLE. The token is in none of them.
 */
export function createSend(connection: Connection): Send {
  const { clock, token } = connection;
  const hide = (words: string) => words.replaceAll(token, '[secret]');
  return async (call) => {
    try {
      return await pRetry(() => attempt(connection, call, hide), {
        retries: tries - 1,
        minTimeout: 0,
        shouldRetry: ({ error }) => error instanceof Again,
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (!(error instanceof Again) || retriesLeft === 0) return;
          const [chance = 0] = clock.random(1);
          const growing = Math.min(longestWait, firstWait * 2 ** (attemptNumber - 1));
          await clock.sleep((error.wait ?? growing) * (1 + chance / 512));
        },
      });
    } catch (error) {
      throw error instanceof Again ? error.failure : error;
    }
  };
}

/** One try. Throws Again for what may be tried again. */
async function attempt(
  connection: Connection,
  call: Call,
  hide: (words: string) => string,
): Promise<Answer> {
  const reads = call.method === 'GET' || call.method === 'HEAD';
  const name = `${call.method} /${call.path}`;
  let response: Response;
  let body: string | Uint8Array;
  try {
    response = await follow(connection, call, name);
    const whole = response.ok && call.bytes === true;
    body = whole ? new Uint8Array(await response.arrayBuffer()) : await response.text();
  } catch (error) {
    if (error instanceof Error && error.name === 'PulseError') throw error;
    const { host } = new URL(connection.url);
    const failure = fail('GITLAB_UNREACHABLE', { host, why: hide(reasonOf(error)) });
    if (reads || wasRefused(error)) throw new Again(failure);
    throw failure;
  }
  const { status, headers } = response;
  if (typeof body !== 'string') return { status, headers, body };
  if (response.ok) return { status, headers, body: parse(body, name) };
  const failure = refusal(name, status, hide(body));
  const wait = waitOf(headers, connection.clock.now());
  const mayRetry = status === 429 || (reads && isBusy(status));
  if (mayRetry && (wait ?? 0) <= patience) throw new Again(failure, wait);
  throw failure;
}

/**
 * Follows redirects of reads within GitLab's own origin, of files also to where GitLab keeps them (object storage); the
 * token goes nowhere else.
 */
async function follow(connection: Connection, call: Call, name: string): Promise<Response> {
  const { url, token, timeout, fetch } = connection;
  const query = call.query === undefined || call.query === '' ? '' : `?${call.query}`;
  let target = new URL(`${url.replace(/\/+$/, '')}/api/v4/${call.path}${query}`);
  for (let hop = 0; ; hop += 1) {
    const response = await fetch(target.href, {
      method: call.method,
      headers: {
        accept: call.bytes ? '*/*' : 'application/json',
        ...(target.origin === new URL(url).origin && { 'private-token': token }),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(call.bytes ? timeout * patienceForFiles : timeout),
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    const next = new URL(location, target);
    const message = `it redirects to ${next.origin}${next.pathname}; set GITLAB_URL and GITLAB_PROJECT to the new address`;
    const near = next.origin === target.origin || (call.bytes && isNoDowngrade(target, next));
    const safe = near && call.method === 'GET' && hop < redirects;
    if (!safe) throw fail('GITLAB_REFUSED', { call: name, status: response.status, message });
    target = next;
  }
}

const isNoDowngrade = (from: URL, to: URL) =>
  to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');

function parse(body: string, call: string): unknown {
  if (body.trim() === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    const problems = `no JSON but "${messageOf(body)}"`;
    throw fail('GITLAB_UNEXPECTED', { call, problems }, error);
  }
}

/** What lies below a failed fetch, e.g. `connect ECONNREFUSED 127.0.0.1:1`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  if (error.cause instanceof AggregateError) return reasonOf(error.cause.errors[0]);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

function wasRefused(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(wasRefused);
  if (!(error instanceof Error)) return false;
  return (error as { code?: unknown }).code === 'ECONNREFUSED' || wasRefused(error.cause);
}

/** How long GitLab asks us to wait, ms: `Retry-After` in seconds or as a date, else `RateLimit-Reset` in epoch seconds. */
function waitOf(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after');
  if (after !== null) {
    const wait = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
    if (!Number.isNaN(wait)) return Math.max(0, wait);
  }
  const reset = headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset');
  if (reset === null || !/^\d+$/.test(reset)) return undefined;
  return Math.max(0, Number(reset) * 1000 - now);
}
