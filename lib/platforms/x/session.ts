import http from 'node:http';
import https from 'node:https';
import {
  type ApiResponseError,
  type IClientSettings,
  type ITwitterApiClientPlugin,
  TwitterApi,
} from 'twitter-api-v2';
import { fail, PulseError } from '../../errors.ts';
import { type Meter, type Said, unmetered } from '../meter.ts';
import type { Tokens } from '../oauth.ts';
import type { Deadline } from '../platform.ts';
import { sortX, sortXBroken } from './failure.ts';

/** What speaks for the account: tokens of OAuth 2, one such token, or the four keys of OAuth 1.0a. */
export type User =
  | { tokens: Tokens }
  | { token: string }
  | { appKey: string; appSecret: string; accessToken: string; accessSecret: string };

export interface XAccount {
  /** Who posts and reads. */
  user: User | undefined;
  /** The app's own token, for what X shows to apps alone. */
  bearer: string | undefined;
  /** Address of the API, without `/2`. */
  api: string;
  meter: Meter | undefined;
}

/** One request of API v2. */
export interface XRequest {
  /** Key of `Platform.limits`. */
  operation: string;
  method: 'get' | 'post' | 'delete';
  /** Below `/2/`. */
  path: string;
  query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON, or as a form where `form` is set. */
  body?: Record<string, unknown>;
  form?: true;
  /** US dollars, where it differs from the allowance's. */
  price?: number;
  /** What the answer costs beyond that, US dollars: X charges for each post it shows. */
  cost?: (data: unknown) => number;
  /** Asked as the app where there is a token of it. */
  asApp?: true;
  acting?: boolean;
  deadline?: Deadline;
}

/** No answer for this long is no answer, ms. */
const patience = 30_000;

/** Speaks to X through twitter-api-v2: each request metered, and held to its deadline right before it leaves. */
export function createSession({ user, bearer, api, meter = unmetered }: XAccount) {
  // A connection that was kept may die just as a post leaves, and nobody could say whether it did.
  const { Agent } = new URL(api).protocol === 'http:' ? http : https;
  const httpAgent = new Agent({ keepAlive: false });

  const send = async (request: XRequest, as: TwitterApi) => {
    const { method, path, body, form } = request;
    // Typed as protected though it is the one way to another address.
    (as.v2 as unknown as { setPrefix(prefix: string): void }).setPrefix(`${api}/2/`);
    const options = { fullResponse: true as const };
    if (method === 'get') return as.v2.get<unknown>(path, { ...request.query }, options);
    if (method === 'delete') return as.v2.delete<unknown>(path, {}, options);
    const forceBodyMode = form ? ('form-data' as const) : ('json' as const);
    return as.v2.post<unknown>(path, body, { ...options, forceBodyMode });
  };

  const once = async (request: XRequest, token: string | undefined): Promise<unknown> => {
    const { operation, acting = false, deadline, price, cost } = request;
    const plugin: ITwitterApiClientPlugin = {
      onBeforeRequest({ requestOptions }) {
        meter.spend(operation, price);
        deadline?.check();
        const limits = [AbortSignal.timeout(patience), ...(deadline ? [deadline.signal] : [])];
        requestOptions.signal = AbortSignal.any(limits);
      },
    };
    // Compressed answers that break off would end the process: the library does not listen for that.
    const settings = { httpAgent, plugins: [plugin], compression: 'identity' as const };
    const as = clientOf(user, token, settings);
    try {
      const { data, rateLimit } = await send(request, as);
      const spent = cost?.(data) ?? 0;
      meter.learn(operation, { status: 200, ...saidOf(rateLimit), ...(spent > 0 && { spent }) });
      return data;
    } catch (error) {
      if (error instanceof PulseError) throw error;
      if (!isAnswer(error)) {
        meter.learn(operation, { status: 0 });
        throw sortXBroken(error, acting);
      }
      const said = saidOf(error.rateLimit);
      meter.learn(operation, { status: error.code, ...said });
      const reset = resetOf(error) ?? said.reset;
      throw sortX({ status: error.code, data: error.data, reset }, acting);
    }
  };

  return {
    /** Answers the body. Throws as `Connection.publish` says. */
    async ask(request: XRequest): Promise<unknown> {
      const tokens = user && 'tokens' in user ? user.tokens : undefined;
      if (request.asApp && bearer !== undefined) return once(request, bearer);
      if (!user && bearer !== undefined && request.method === 'get') return once(request, bearer);
      if (!tokens) return once(request, undefined);
      const token = await tokens.access();
      try {
        return await once(request, token);
      } catch (error) {
        // X carries nothing out that it answers with 401.
        if (!(error instanceof PulseError) || error.details.status !== 401) throw error;
        tokens.refused(token);
        return once(request, await tokens.access());
      }
    },
  };
}

export type Session = ReturnType<typeof createSession>;

function clientOf(
  user: User | undefined,
  token: string | undefined,
  settings: Partial<IClientSettings>,
): TwitterApi {
  if (token !== undefined) return new TwitterApi(token, settings);
  if (user && 'token' in user) return new TwitterApi(user.token, settings);
  if (user && 'appKey' in user) return new TwitterApi(user, settings);
  throw fail('CREDENTIALS_REFUSED', {
    platform: 'X',
    status: 401,
    message: 'there is no token of the account',
  });
}

/** The library's error for an answer, by shape: its class is not loaded for this alone. */
function isAnswer(error: unknown): error is ApiResponseError {
  return error instanceof Error && 'type' in error && (error.type as string) === 'response';
}

function saidOf(limits: ApiResponseError['rateLimit'] | undefined): Omit<Said, 'status'> {
  if (!limits) return {};
  const { limit, remaining, reset } = limits;
  return { limit, remaining, reset: reset * 1000 };
}

/** The end of the longest window that is used up: X counts a quarter of an hour and a day. */
function resetOf({ rateLimit }: ApiResponseError): number | undefined {
  const over = [rateLimit, rateLimit?.day, rateLimit?.userDay].filter(
    (each) => each?.remaining === 0,
  );
  const resets = over.flatMap((each) => (each ? [each.reset * 1000] : []));
  return resets.length > 0 ? Math.max(...resets) : undefined;
}
