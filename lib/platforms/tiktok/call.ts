import { z } from 'zod';
import { fail } from '../../errors.ts';
import { type Answer, createHttp, type Request } from '../http.ts';
import type { Surroundings } from '../platform.ts';
import { isFailure, sorter } from './failure.ts';

/** One request to TikTok's API; `path` stands below `/v2/`. */
export interface Call extends Omit<Request, 'url' | 'headers'> {
  path: string;
}

/** TikTok's API in the name of one account. */
export interface TikTok {
  /** Asks, and reads what stands in `data`. Throws as `Connection.publish`. */
  ask<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>>;
  /** Sends bytes to an address TikTok gave; that address is all it wants to know. */
  put(request: Omit<Request, 'operation' | 'method'>): Promise<Answer>;
  now(): number;
}

const envelope = z.object({ data: z.unknown() });
/** As the vendor's pages have it. */
const type = 'application/json; charset=UTF-8';

export function createTikTok(
  api: string | undefined,
  token: string | undefined,
  { fetch, now, meter, tokens }: Surroundings,
): TikTok {
  const platform = 'TikTok';
  const speech = { platform, fetch, meter, sort: sorter(now), isFailure, parse: readJson };
  const http = createHttp({ ...speech, tokens });
  const uploads = createHttp(speech);
  const base = (api ?? 'https://open.tiktokapis.com').replace(/\/+$/, '');
  const plain: Record<string, string> =
    tokens || token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    now,
    async ask(schema, { path, json, ...request }) {
      const { body, status } = await http({
        ...request,
        url: `${base}/v2/${path}`,
        headers: { ...plain, ...(json !== undefined && { 'content-type': type }) },
        ...(json !== undefined && { json }),
      });
      const found = schema.safeParse(envelope.safeParse(body).data?.data);
      if (found.success) return found.data;
      const message = `it answered ${path} in a shape we do not know`;
      if (request.acting) throw fail('DELIVERY_UNKNOWN', { platform, why: message });
      throw fail('DELIVERY_BUSY', { platform, status, message }, found.error);
    },
    put: (request) => uploads({ operation: 'media', method: 'PUT', ...request }),
  };
}

/** Ids of posts come as numbers that a number here cannot hold: those stay as they are written. */
export function readJson(text: string): unknown {
  const exact = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  return JSON.parse(text, exact) as unknown;
}
