import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, CredentialSession } from '@atproto/api';
import type { Deadline } from '../platform.ts';
import { xrpcFailure } from './failure.ts';

/** How to reach one account. */
export interface BlueskyAccount {
  /** Name of the account in the profile. */
  name: string;
  /** Address of the server. */
  service: string;
  identifier: string;
  password: string;
  fetch: typeof globalThis.fetch;
  now: () => number;
}

/** Who we are once signed in. */
export interface SignedIn {
  agent: Agent;
  did: string;
  handle: string;
}

/** No answer for this long is no answer, ms. */
const patience = 30_000;

/**
 * Signs in when first needed, once for all calls, and again when the session has ended. Every request inside
 * `before(deadline, ...)` is checked against that deadline right before it leaves, those of the SDK's own included.
 */
export function createSession(account: BlueskyAccount) {
  const deadlines = new AsyncLocalStorage<Deadline>();
  const gated: typeof globalThis.fetch = async (input, init) => {
    const deadline = deadlines.getStore();
    const limits = [AbortSignal.timeout(patience), ...(deadline ? [deadline.signal] : [])];
    deadline?.check();
    return account.fetch(input, { ...init, signal: AbortSignal.any(limits) });
  };
  let signedIn: Promise<SignedIn> | undefined;
  const signIn = async (): Promise<SignedIn> => {
    const session = new CredentialSession(new URL(account.service), gated);
    const { data } = await session.login(account);
    return {
      agent: new Agent((url, init) => session.fetchHandler(url, init)),
      did: data.did,
      handle: data.handle,
    };
  };
  const current = () => {
    const mine = (signedIn ??= signIn());
    mine.catch(() => {
      if (signedIn === mine) signedIn = undefined;
    });
    return mine;
  };
  return {
    before: <T>(deadline: Deadline, work: () => Promise<T>) => deadlines.run(deadline, work),
    /** Runs `work` signed in; where the server no longer knows our session, signs in again and runs it once more. */
    async signed<T>(work: (me: SignedIn) => Promise<T>): Promise<T> {
      const mine = current();
      const me = await mine;
      try {
        return await work(me);
      } catch (error) {
        if (!/^(ExpiredToken|InvalidToken|AuthMissing)$/.test(xrpcFailure(error)?.error ?? ''))
          throw error;
        if (signedIn === mine) signedIn = undefined;
        return await work(await current());
      }
    },
  };
}
