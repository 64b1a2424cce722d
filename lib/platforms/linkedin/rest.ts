import type { z } from 'zod';
import { fail, type PulseError } from '../../errors.ts';
import { type Answer, createHttp, type Request } from '../http.ts';
import type { Surroundings } from '../platform.ts';
import { sorter } from './failure.ts';

/** Month whose API the requests were written by; LinkedIn serves each for about a year. */
const version = '202608';

/** One request to LinkedIn; `path` stands below the address of the API. */
export interface Call extends Omit<Request, 'url'> {
  path: string;
}

/** LinkedIn's REST API in the name of one author. */
export interface Rest {
  /** URN of the person or the organization that speaks. */
  author: string;
  /** Throws as `Connection.publish`. */
  send(call: Call): Promise<Answer>;
  /** As `send`, and reads the answer. */
  ask<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>>;
  /** Sends a file to an address LinkedIn gave. */
  put(request: Omit<Request, 'operation' | 'method'>): Promise<Answer>;
  /** What an answer that is no success means. */
  sort(answer: Answer, acting: boolean): PulseError;
  now(): number;
}

/** A URN as a value in a path or a query. */
export const encode = (urn: string): string =>
  encodeURIComponent(urn).replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'));

export function createRest(
  author: string,
  api: string | undefined,
  token: string | undefined,
  { fetch, now, meter, tokens }: Surroundings,
): Rest {
  const platform = 'LinkedIn';
  const base = (api ?? 'https://api.linkedin.com').replace(/\/+$/, '');
  const sort = sorter(now);
  const http = createHttp({ platform, fetch, meter, tokens, sort });
  const plain: Record<string, string> =
    tokens || token === undefined ? {} : { authorization: `Bearer ${token}` };
  const versioned = { 'linkedin-version': version, 'x-restli-protocol-version': '2.0.0', ...plain };
  const send = ({ path, headers, ...request }: Call): Promise<Answer> =>
    http({ ...request, url: `${base}/${path}`, headers: { ...versioned, ...headers } });
  return {
    author,
    now,
    sort,
    send,
    async ask(schema, call) {
      const { status, body } = await send(call);
      const found = schema.safeParse(body);
      if (found.success) return found.data;
      const message = `it answered ${call.method} in a shape we do not know`;
      if (call.acting) throw fail('DELIVERY_UNKNOWN', { platform, why: message });
      throw fail('DELIVERY_BUSY', { platform, status, message }, found.error);
    },
    put: ({ headers, ...request }) =>
      http({ operation: 'media', method: 'PUT', headers: { ...plain, ...headers }, ...request }),
  };
}
