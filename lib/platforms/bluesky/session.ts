import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, type AtpSessionData, CredentialSession, XRPCError } from '@atproto/api';
import { z } from 'zod';
import { unmetered } from '../meter.ts';
import type { Deadline, Surroundings } from '../platform.ts';
import { xrpcFailure } from './failure.ts';
import type { Query } from './read.ts';

/** How to reach one account. */
export interface BlueskyAccount extends Pick<Surroundings, 'fetch' | 'now' | 'meter' | 'cache'> {
  /** Name of the account in the profile. */
  name: string;
  /** Address of the server. */
  service: string;
  identifier: string;
  password: string;
  /** Address of Jetstream; its own public one when absent. */
  jetstream?: string | undefined;
}

/** Who we are once signed in. */
export interface SignedIn {
  agent: Agent;
  did: string;
  handle: string;
}

/** No answer for this long is no answer, ms. */
const patience = 30_000;

/** What of a session is kept; refreshed by the SDK, replaced when it can be refreshed no more. */
const keptSchema = z.object({
  accessJwt: z.string(),
  refreshJwt: z.string(),
  did: z.string(),
  handle: z.string(),
  active: z.boolean(),
  /** The account's own server, which is another than the one it signs in at. */
  pds: z.string().optional(),
});

/** Keys of `Platform.limits` by method. */
const operations: Readonly<Record<string, string>> = {
  'com.atproto.repo.putRecord': 'publish',
  'com.atproto.repo.deleteRecord': 'remove',
  'com.atproto.repo.uploadBlob': 'media',
  'com.atproto.server.createSession': 'session',
  'app.bsky.feed.searchPosts': 'search',
};

/**
 * Signs in when first needed, once for all calls and, where there is a cache, for all connections; again when the
 * session can no longer be refreshed. Every request inside `before(deadline, ...)` is checked against that deadline
 * right before it leaves, those of the SDK's own included.
 */
export function createSession(account: BlueskyAccount) {
  const { meter = unmetered, cache, service, identifier } = account;
  const deadlines = new AsyncLocalStorage<Deadline>();
  const gated: typeof globalThis.fetch = async (input, init) => {
    const deadline = deadlines.getStore();
    const limits = [AbortSignal.timeout(patience), ...(deadline ? [deadline.signal] : [])];
    const method = (input instanceof Request ? input.url : String(input)).split(/[/?]/);
    const operation = method.map((each) => operations[each]).find(Boolean) ?? 'read';
    meter.spend(operation);
    deadline?.check();
    try {
      const answer = await account.fetch(input, { ...init, signal: AbortSignal.any(limits) });
      meter.learn(operation, { status: answer.status, ...saidBy(answer.headers) });
      return answer;
    } catch (error) {
      meter.learn(operation, { status: 0 });
      throw error;
    }
  };

  const key = `bluesky:session:${service}:${identifier}`;
  const session = new CredentialSession(new URL(service), gated, (_event, data) => keep(data));
  const keep = (data: AtpSessionData | undefined) => {
    const { accessJwt = '', refreshJwt = '', did = '', handle = '', active = true } = data ?? {};
    const pds = session.pdsUrl?.href;
    const kept = { accessJwt, refreshJwt, did, handle, active, ...(pds && { pds }) };
    cache?.set(key, data ? JSON.stringify(kept) : '');
  };
  const agent = new Agent((url, init) => session.fetchHandler(url, init));
  const signIn = async (): Promise<SignedIn> => {
    const { data } = await session.login(account);
    return { agent, did: data.did, handle: data.handle };
  };
  const resume = (): SignedIn | undefined => {
    const kept = parsed(cache?.get(key));
    if (!kept) return undefined;
    const { pds, ...data } = kept;
    session.session = data;
    if (pds !== undefined && URL.canParse(pds)) session.pdsUrl = new URL(pds);
    return { agent, did: data.did, handle: data.handle };
  };
  const first = (): Promise<SignedIn> => {
    const resumed = resume();
    return resumed ? Promise.resolve(resumed) : signIn();
  };

  let signedIn: Promise<SignedIn> | undefined;
  const current = (begin: () => Promise<SignedIn>) => {
    const mine = (signedIn ??= begin());
    mine.catch(() => {
      if (signedIn === mine) signedIn = undefined;
    });
    return mine;
  };
  /** Runs `work` signed in; where the server no longer knows our session, signs in again and runs it once more. */
  const signed = async <T>(work: (me: SignedIn) => Promise<T>): Promise<T> => {
    const mine = current(first);
    const me = await mine;
    try {
      return await work(me);
    } catch (error) {
      const { status, error: code = '' } = xrpcFailure(error) ?? {};
      if (status !== 401 && !/^(ExpiredToken|InvalidToken|AuthMissing)$/.test(code)) throw error;
      if (signedIn === mine) signedIn = undefined;
      return await work(await current(signIn));
    }
  };
  return {
    before: <T>(deadline: Deadline, work: () => Promise<T>) => deadlines.run(deadline, work),
    signed,
    /** Asks a method that only reads, without holding the answer to the lexicon: one odd post would spoil them all. */
    ask: (method: string, query: Query): Promise<unknown> =>
      signed(async () => {
        const asked = new URLSearchParams(
          query.map(([name, value]): [string, string] => [name, value]),
        );
        const answer = await session.fetchHandler(`/xrpc/${method}?${asked.toString()}`);
        const body: unknown = await answer.json();
        if (answer.ok) return body;
        const { error, message } = body as { error?: string; message?: string };
        throw new XRPCError(answer.status, error, message, Object.fromEntries(answer.headers));
      }),
  };
}

function parsed(kept: string | undefined) {
  if (!kept) return undefined;
  try {
    return keptSchema.safeParse(JSON.parse(kept)).data;
  } catch {
    return undefined;
  }
}

/** `ratelimit-reset` is in seconds since 1970. */
function saidBy(headers: Headers) {
  const number = (name: string) => {
    const value = headers.get(name);
    return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const limit = number('ratelimit-limit');
  const remaining = number('ratelimit-remaining');
  const reset = number('ratelimit-reset');
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { reset: reset * 1000 }),
  };
}
