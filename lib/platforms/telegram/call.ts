import { Api, GrammyError, HttpError } from 'grammy';
import type { ApiClientOptions } from 'grammy';
import { fail, PulseError } from '../../errors.ts';
import { sortAnswer, sortBroken } from '../failure.ts';
import { type Meter, unmetered } from '../meter.ts';
import type { Deadline } from '../outgoing.ts';
import { sortTelegram } from './failure.ts';

/** How to reach one bot. */
export interface Bot {
  token: string;
  /** Where the Bot API is spoken; Telegram's own when absent. */
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
  signal?: AbortSignal;
  /** No answer for this long is no answer, ms. */
  patience?: number;
}

export type Call = <T>(about: About, work: (api: Api) => Promise<T>) => Promise<T>;

/** One request of the Bot API through grammY, metered and held to its deadline; what fails is sorted. */
export function createCall({ token, address, fetch, now, meter = unmetered }: Bot): Call {
  const root = (address ?? 'https://api.telegram.org').replace(/\/+$/, '');
  // A client that cannot read an address puts it into its error, and the token is part of it.
  if (!URL.canParse(root))
    throw fail('CONFIG_INVALID', { problems: 'TELEGRAM_API is no address, e.g. https://host' });
  return async (about, work) => {
    const { acting = false, deadline, signal, operation, patience = 120_000 } = about;
    const gate = async (url: string, { method, headers, body }: RequestInit) => {
      meter.spend(operation);
      deadline?.check();
      const limits = [AbortSignal.timeout(patience), deadline?.signal, signal];
      const init = { method, headers, body, duplex: 'half', redirect: 'manual' };
      try {
        const response = await fetch(url, {
          ...(init as RequestInit),
          signal: AbortSignal.any(limits.filter((limit) => limit !== undefined)),
        });
        const answer = readAnswer(await response.text());
        const wait = answer?.parameters?.retry_after;
        meter.learn(operation, {
          status: response.status,
          ...(wait !== undefined && { remaining: 0, reset: now() + wait * 1000 }),
        });
        // What does not come from the Bot API itself, e.g. a gateway's page.
        if (!answer) throw refusal(response.status, acting);
        return { json: () => answer };
      } catch (error) {
        if (error instanceof PulseError) throw error;
        meter.learn(operation, { status: 0 });
        throw sortBroken('Telegram', error, acting);
      }
    };
    const client = { apiRoot: root, fetch: gate as unknown as ApiClientOptions['fetch'] };
    try {
      return await work(new Api(token, client as ApiClientOptions));
    } catch (error) {
      // grammY's own errors hold what was sent, so none of them is passed on.
      if (error instanceof GrammyError) throw sortTelegram(error, acting, now());
      if (error instanceof HttpError) throw sortBroken('Telegram', error.error, acting);
      throw sortBroken('Telegram', error, acting);
    }
  };
}

interface Answer {
  ok: boolean;
  parameters?: { retry_after?: number };
}

function readAnswer(text: string): Answer | undefined {
  if (!text.startsWith('{')) return undefined;
  const value = JSON.parse(text) as { ok?: unknown };
  return typeof value.ok === 'boolean' ? (value as Answer) : undefined;
}

function refusal(status: number, acting: boolean): PulseError {
  // A good status with an answer that is none: it may have acted.
  if (status < 400) return sortBroken('Telegram', new Error('its answer made no sense'), acting);
  return sortAnswer('Telegram', { status, message: 'it gave no reason' }, acting);
}
