import type { youtube_v3 } from '@googleapis/youtube';
import type { z } from 'zod';
import { fail } from '../../errors.ts';
import { sortBroken } from '../failure.ts';
import { type Answer, createHttp, type Request as Asked } from '../http.ts';
import type { Surroundings } from '../platform.ts';
import { said, sorter } from './failure.ts';

/** What the library is told of every request; it must not send anything itself. */
type Options = Pick<youtube_v3.Options, 'retry' | 'fetchImplementation'>;

/** One request as the library makes it. */
export interface Call extends Pick<Asked, 'operation' | 'acting' | 'deadline' | 'also'> {
  make: (client: youtube_v3.Youtube, options: Options) => Promise<unknown>;
}

/** YouTube's Data API in the name of one channel. */
export interface YouTube {
  /** Throws as `Connection.publish`. */
  send(call: Call): Promise<Answer>;
  /** As `send`, and reads the answer. */
  ask<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>>;
  /** A request the library has none for: its uploads cannot be resumed. */
  raw(request: Asked): Promise<Answer>;
  /** Address that takes uploads, no slash at its end. */
  uploads: string;
  now(): number;
}

/** What is made of the library's request never reaches it: it is asked for the request alone. */
const nothing = () => new Response(null, { status: 204 });

/**
 * The library knows every method and its parameters; what it would do itself is done here instead: it would retry by
 * itself, and knows neither our deadlines nor our limits nor when tokens are renewed.
 */
export function createYouTube(
  api: string | undefined,
  token: string | undefined,
  { fetch, now, meter, tokens }: Surroundings,
): YouTube {
  const platform = 'YouTube';
  const http = createHttp({
    platform,
    fetch,
    meter,
    tokens,
    sort: sorter(now),
    said: (answer) => said(answer, now),
  });
  const plain: Record<string, string> =
    tokens || token === undefined ? {} : { authorization: `Bearer ${token}` };
  const base = api?.replace(/\/+$/, '');
  let client: Promise<youtube_v3.Youtube> | undefined;

  const load = async () => {
    const { youtube } = await import('@googleapis/youtube');
    return youtube({ version: 'v3', rootUrl: `${base ?? 'https://youtube.googleapis.com'}/` });
  };
  const raw = (request: Asked) => http({ ...request, headers: { ...plain, ...request.headers } });
  const send = async ({ make, ...about }: Call): Promise<Answer> => {
    const found: { answer?: Answer } = {};
    const options: Options = {
      retry: false,
      fetchImplementation: async (input, { method = 'GET', body } = {}) => {
        const url = input instanceof Request ? input.url : input.toString();
        found.answer = await raw({
          ...about,
          method: method as Asked['method'],
          url,
          ...(typeof body === 'string' && {
            body,
            headers: { 'content-type': 'application/json' },
          }),
        });
        return nothing();
      },
    };
    try {
      await make(await (client ??= load()), options);
    } catch (error) {
      // Its errors carry the whole request; what was thrown inside is what counts.
      throw sortBroken(platform, error, false);
    }
    if (!found.answer) throw fail('INTERNAL', { why: 'the library made no request' });
    return found.answer;
  };
  return {
    send,
    raw,
    now,
    uploads: `${base ?? 'https://www.googleapis.com'}/upload/youtube/v3/videos`,
    async ask(schema, call) {
      const { status, body } = await send(call);
      const read = schema.safeParse(body);
      if (read.success) return read.data;
      const message = 'it answered in a shape we do not know';
      if (call.acting) throw fail('DELIVERY_UNKNOWN', { platform, why: message });
      throw fail('DELIVERY_BUSY', { platform, status, message }, read.error);
    },
  };
}
