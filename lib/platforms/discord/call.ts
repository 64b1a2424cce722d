import { AsyncLocalStorage } from 'node:async_hooks';
import { DiscordAPIError, HTTPError, RateLimitError, REST } from '@discordjs/rest';
import type { RESTOptions } from '@discordjs/rest';
import { fail, PulseError } from '../../errors.ts';
import { sortBroken } from '../failure.ts';
import { type Meter, type Said, unmetered } from '../meter.ts';
import type { Deadline } from '../outgoing.ts';
import { sortDiscord, sortLimited } from './failure.ts';

/** How to reach Discord as one bot. */
export interface Bot {
  token: string;
  /** Where the API is spoken, without its version; Discord's own when absent. */
  address: string | undefined;
  fetch: typeof globalThis.fetch;
  now: () => number;
  meter: Meter | undefined;
}

/** What one request is about. */
export interface About {
  /** Key of `Platform.limits`. */
  operation: string;
  /** Whether it makes a message visible. */
  acting?: boolean;
  deadline?: Deadline | undefined;
  signal?: AbortSignal | undefined;
}

export type Call = <T>(about: About, work: (rest: REST) => Promise<T>) => Promise<T>;

/** No answer for this long is no answer, ms; long enough for an upload. */
const patience = 300_000;

/**
 * Requests through @discordjs/rest, which knows the buckets of each route, but neither waits nor repeats here: a limit
 * is an answer like any other. Metered, held to the deadline, and what fails is sorted.
 */
export function createCall({ token, address, fetch, now, meter = unmetered }: Bot): Call {
  const api = (address ?? 'https://discord.com/api').replace(/\/+$/, '');
  if (!URL.canParse(api))
    throw fail('CONFIG_INVALID', { problems: 'DISCORD_API is no address, e.g. https://host/api' });
  const current = new AsyncLocalStorage<About>();
  const makeRequest = async (url: string, init: RequestInit): Promise<Response> => {
    const {
      operation,
      acting = false,
      deadline,
      signal,
    } = current.getStore() ?? {
      operation: 'read',
    };
    meter.spend(operation);
    deadline?.check();
    let response: Response;
    let text: string;
    try {
      const limits = [AbortSignal.timeout(patience), init.signal, deadline?.signal, signal];
      response = await fetch(url, {
        ...init,
        redirect: 'manual',
        signal: AbortSignal.any(limits.filter((limit) => limit instanceof AbortSignal)),
      });
      text = await response.text();
    } catch (error) {
      meter.learn(operation, { status: 0 });
      throw sortBroken('Discord', error, acting);
    }
    const { status, headers } = response;
    meter.learn(operation, { status, ...saidBy(headers, now()) });
    if (status === 429) throw sortLimited(headers, text, now());
    return new Response(text === '' ? null : text, { status, headers });
  };
  const options = {
    api,
    retries: 0,
    timeout: patience,
    rejectOnRateLimit: () => true,
    makeRequest,
    // Sweepers that would only keep a job's process busy.
    hashSweepInterval: 0,
    handlerSweepInterval: 0,
  };
  const rest = new REST(options as unknown as Partial<RESTOptions>);
  return (about, work) =>
    current.run(about, async () => {
      // It forgets the token with the first 401.
      rest.setToken(token);
      try {
        return await work(rest);
      } catch (error) {
        throw sortThrown(error, about.acting ?? false, now());
      }
    });
}

/** The library's own errors hold what was sent, so none of them is passed on. */
function sortThrown(error: unknown, acting: boolean, now: number): PulseError {
  if (error instanceof PulseError) return error;
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' ? error.code : 0;
    return sortDiscord({ status: error.status, code, message: error.message }, acting);
  }
  if (error instanceof HTTPError)
    return sortDiscord({ status: error.status, code: 0, message: error.message }, acting);
  if (error instanceof RateLimitError)
    return fail('DELIVERY_BUSY', {
      platform: 'Discord',
      status: 429,
      message: 'its limit is used up',
      until: Math.ceil(now + error.retryAfter),
    });
  return sortBroken('Discord', error, acting);
}

function saidBy(headers: Headers, now: number): Omit<Said, 'status'> {
  const number = (name: string) => {
    const value = headers.get(name);
    return value === null || Number.isNaN(Number(value)) ? undefined : Number(value);
  };
  const [limit, remaining] = [number('x-ratelimit-limit'), number('x-ratelimit-remaining')];
  const seconds = number('retry-after') ?? number('x-ratelimit-reset-after');
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(number('retry-after') !== undefined && { remaining: 0 }),
    ...(seconds !== undefined && { reset: Math.ceil(now + seconds * 1000) }),
  };
}
