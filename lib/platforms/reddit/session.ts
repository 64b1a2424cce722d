import Snoowrap from 'snoowrap';
import { fail } from '../../errors.ts';
import { type Answer, createHttp, type Request } from '../http.ts';
import type { Meter } from '../meter.ts';
import type { Tokens } from '../oauth.ts';
import type { Deadline } from '../platform.ts';
import { errorsIn, sortReddit } from './failure.ts';

export interface RedditAccount {
  /** Tokens that are renewed, or one that is used until it dies. */
  tokens: Tokens | undefined;
  token: string | undefined;
  /** Address of the API. */
  api: string;
  fetch: typeof globalThis.fetch;
  now: () => number;
  meter: Meter | undefined;
}

/** One request of Reddit's API. */
export interface RedditRequest {
  /** What the meter knows it by; all share one window. */
  operation: string;
  method: 'GET' | 'POST';
  uri: string;
  query?: Readonly<Record<string, string | number>>;
  form?: Readonly<Record<string, string | boolean>>;
  json?: unknown;
  acting?: boolean;
  deadline?: Deadline;
}

/** Reddit turns away who does not say who they are. */
const userAgent = 'gitlab:socialpulse:v0.1 (social media desk)';

/** What snoowrap asks of the function that carries its requests. */
interface Carried {
  uri: string;
  method: string;
  qs: Record<string, string | number>;
  headers: Record<string, string>;
  form?: Record<string, string | boolean>;
}

/** Sends through `carry`, which snoowrap lets be replaced: its own way leads over a library that is no longer kept. */
class Client extends Snoowrap {
  private readonly carry: (options: Carried) => Promise<void>;

  constructor(accessToken: string, carry: (options: Carried) => Promise<void>) {
    super({ userAgent, accessToken });
    this.carry = carry;
    // It would wait for less than nothing before each request, of which Node warns; the meter paces requests.
    Object.assign(this, { _awaitRequestDelay: () => Promise.resolve() });
    this.config({ proxies: false, warnings: false, maxRetryAttempts: 1 });
  }

  override async rawRequest(options: Carried): Promise<unknown> {
    await this.carry(options);
    const { uri, method } = options;
    // What came is taken by `carry`: nothing is left here for snoowrap to make objects of.
    return { statusCode: 200, headers: {}, body: null, request: { method, uri: { href: uri } } };
  }
}

/** Speaks to Reddit: each request metered, and held to its deadline right before it leaves. */
export function createSession({ tokens, token, api, fetch, now, meter }: RedditAccount) {
  const http = createHttp({
    platform: 'Reddit',
    fetch,
    meter,
    tokens,
    sort: (answer, acting) => sortReddit(answer, acting, now()),
    isFailure: ({ body }) => errorsIn(body).length > 0,
    said({ headers }) {
      const [used, remaining, reset] = ['used', 'remaining', 'reset'].map((name) =>
        Number(headers.get(`x-ratelimit-${name}`) ?? NaN),
      );
      if (used === undefined || remaining === undefined || reset === undefined) return {};
      if (Number.isNaN(used + remaining + reset)) return {};
      return { limit: used + remaining, remaining, reset: now() + reset * 1000 };
    },
  });
  const files = createHttp({
    platform: 'Reddit',
    fetch,
    meter,
    sort: (answer) => sortReddit(answer, false, now()),
  });

  return {
    /** Answers the body. Throws as `Connection.publish` says. */
    async ask(request: RedditRequest): Promise<unknown> {
      if (!tokens && token === undefined)
        throw fail('CREDENTIALS_REFUSED', { platform: 'Reddit', status: 401, message: 'no token' });
      let answer: Answer | undefined;
      const { operation, method, uri, query, form, json, acting, deadline } = request;
      const client = new Client(
        token ?? 'renewed elsewhere',
        async ({ qs, headers, ...options }) => {
          const all = new URLSearchParams(
            Object.entries(qs).map(([name, value]): [string, string] => [name, String(value)]),
          );
          answer = await http({
            operation,
            method,
            url: `${api}/${options.uri.replace(/^\//, '')}?${all.toString()}`,
            headers: {
              'user-agent': headers['user-agent'] ?? userAgent,
              ...(token !== undefined && !tokens && { authorization: `Bearer ${token}` }),
            },
            ...(json !== undefined && { json }),
            ...(options.form && { body: encoded(options.form) }),
            ...(acting && { acting }),
            ...(deadline && { deadline }),
          });
        },
      );
      await client.oauthRequest({ uri, method, qs: { ...query }, ...(form && { form }) });
      return answer?.body;
    },

    /** Brings a file to where Reddit takes it; our token stays here. */
    async store(url: string, body: FormData, deadline: Deadline): Promise<void> {
      const request: Request = { operation: 'media', method: 'POST', url, body, deadline };
      await files({ ...request, headers: { 'user-agent': userAgent } });
    },
  };
}

export type Session = ReturnType<typeof createSession>;

function encoded(form: Record<string, string | boolean>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]),
  );
}
