import type { PulseError } from '../errors.ts';
import { sortBroken } from './failure.ts';
import { type Meter, type Said, unmetered } from './meter.ts';
import type { Tokens } from './oauth.ts';
import type { Deadline } from './outgoing.ts';

/** One request of an adapter that speaks plain HTTP. */
export interface Request {
  /** Key of `Platform.limits`. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; a form, a file. */
  body?: NonNullable<RequestInit['body']>;
  /** Whether it makes a post visible: what becomes of it without an answer is then unknown. */
  acting?: boolean;
  deadline?: Deadline;
  /** Statuses that are no failure beside 2xx, e.g. 308 of a resumable upload. */
  also?: readonly number[];
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, else the text. */
  body: unknown;
}

/** How one network is spoken to. */
export interface Speech {
  /** Name for people. */
  platform: string;
  fetch: typeof globalThis.fetch;
  meter?: Meter | undefined;
  /** Bearer tokens; a request that is refused with 401 was not carried out and is made once more with a new one. */
  tokens?: Tokens | undefined;
  /** What an answer that is no success means. */
  sort(answer: Answer, acting: boolean): PulseError;
  /** What an answer says about limits. */
  said?(answer: Answer): Omit<Said, 'status'>;
  /** Whether an answer with a good status is a failure all the same (TikTok, Reddit). */
  isFailure?(answer: Answer): boolean;
  /** Reads a body of JSON; for networks whose numbers are larger than a number can be (TikTok). */
  parse?(text: string): unknown;
  /** Whether an answer refuses the token though its status is not 401 (Meta). */
  isTokenRefused?(answer: Answer): boolean;
}

/** No answer for this long is no answer, ms. */
const patience = 30_000;

/**
 * Asks, and gives the answer or throws what `sort` makes of it. Every request is checked against the deadline right
 * before it leaves; a body that breaks off or is no JSON though it says so counts as no answer.
 */
export function createHttp(speech: Speech): (request: Request) => Promise<Answer> {
  const { platform, tokens, meter = unmetered } = speech;
  const once = async (request: Request, token: string | undefined): Promise<Answer> => {
    const { operation, acting = false, deadline } = request;
    meter.spend(operation);
    deadline?.check();
    try {
      const answer = await exchange(speech, request, token);
      meter.learn(operation, { status: answer.status, ...speech.said?.(answer) });
      return answer;
    } catch (error) {
      meter.learn(operation, { status: 0 });
      throw sortBroken(platform, error, acting);
    }
  };
  return async (request) => {
    const token = await tokens?.access();
    let answer = await once(request, token);
    const refused = answer.status === 401 || (speech.isTokenRefused?.(answer) ?? false);
    if (refused && tokens && token !== undefined) {
      tokens.refused(token);
      answer = await once(request, await tokens.access());
    }
    const good =
      (answer.status >= 200 && answer.status < 300) || request.also?.includes(answer.status);
    if (good && !speech.isFailure?.(answer)) return answer;
    throw speech.sort(answer, request.acting ?? false);
  };
}

async function exchange(
  { fetch, parse = JSON.parse }: Pick<Speech, 'fetch' | 'parse'>,
  { method, url, headers, json, body, deadline }: Request,
  token: string | undefined,
): Promise<Answer> {
  const content = json === undefined ? body : JSON.stringify(json);
  const {
    status,
    headers: told,
    text,
  } = await within(deadline, async (signal) => {
    const response = await fetch(url, {
      method,
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
      redirect: 'manual',
      signal,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  });
  if (!/\bjson\b/i.test(told.get('content-type') ?? '') || text === '')
    return { status, headers: told, body: text };
  return { status, headers: told, body: parse(text) };
}

/**
 * Runs `work` with a signal that ends with our patience or the deadline. By hand, because `AbortSignal.any` of a
 * `timeout` costs a fifth of a request.
 */
async function within<T>(
  deadline: Deadline | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const late = () => stop.abort(new DOMException('no answer in time', 'TimeoutError'));
  const timer = setTimeout(late, patience);
  const over = () => stop.abort(deadline?.signal.reason);
  deadline?.signal.addEventListener('abort', over, { once: true });
  if (deadline?.signal.aborted) over();
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    deadline?.signal.removeEventListener('abort', over);
  }
}
