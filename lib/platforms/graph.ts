import { z } from 'zod';
import { asPulseError, fail } from '../errors.ts';
import { type Codes, graphSaid, graphSorter, isGone, isTokenRefused } from './graph-failure.ts';
import { type Answer, createHttp, type Request } from './http.ts';
import type { Surroundings } from './surroundings.ts';

/** One request to the Graph API; `path` stands below the version. */
export interface Call extends Omit<Request, 'url' | 'headers' | 'also'> {
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  /** Another host than usual, e.g. for videos. */
  base?: string;
  /** The answer that stands in a refusal, where one does; undefined for a refusal that is one. */
  turn?: (body: unknown) => unknown;
}

/** The Graph API as Facebook, Instagram and Threads speak it. */
export interface Graph {
  /** Asks, and reads the answer. Throws as `Connection.publish`. */
  ask<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>>;
  /** As `ask`; undefined when what was asked for is not there. */
  look<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S> | undefined>;
  /** What a list holds, page by page, as it came. */
  list(call: Omit<Call, 'method'>, pages?: number): AsyncGenerator;
  now(): number;
}

/** How one network of Meta is reached. */
export interface GraphAccount {
  /** Name for people. */
  platform: string;
  /** Address with the version, no slash at its end. */
  base: string;
  /** A token that is not renewed; `surroundings.tokens` win over it. */
  token?: string | undefined;
  codes: Codes;
}

const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({
      cursors: z.object({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

export function createGraph(
  { platform, base, token, codes }: GraphAccount,
  { fetch, now, meter, tokens }: Surroundings,
): Graph {
  const sort = graphSorter(platform, codes, now);
  const http = createHttp({
    platform,
    fetch,
    meter,
    tokens,
    sort,
    said: (answer) => graphSaid(answer, now),
    isTokenRefused,
  });
  const plain = tokens || token === undefined ? {} : { authorization: `Bearer ${token}` };

  const send = (call: Call, also: readonly number[] = []): Promise<Answer> => {
    const { path, query = {}, base: other = base, turn: _, ...request } = call;
    const given = Object.entries(query).filter(
      (each): each is [string, string] => each[1] !== undefined,
    );
    const search = new URLSearchParams(given).toString();
    const url = `${other}/${path}${search === '' ? '' : `?${search}`}`;
    return http({ ...request, url, headers: plain, also });
  };
  const parse = <S extends z.ZodType>(schema: S, { body, status }: Answer, call: Call) => {
    const found = schema.safeParse(body);
    if (found.success) return found.data;
    const message = `it answered ${call.method} in a shape we do not know`;
    if (call.acting) throw fail('DELIVERY_UNKNOWN', { platform, why: message });
    throw fail('DELIVERY_BUSY', { platform, status, message }, found.error);
  };

  const graph: Graph = {
    now,
    async ask(schema, call) {
      const answer = await send(call, call.turn ? [400] : []);
      if (answer.status < 300) return parse(schema, answer, call);
      const body = call.turn?.(answer.body);
      if (body === undefined) throw sort(answer, call.acting ?? false);
      return parse(schema, { ...answer, body }, call);
    },
    async look(schema, call) {
      const answer = await send(call, [400, 404, 410]);
      if (isGone(answer)) return undefined;
      if (answer.status >= 300) throw sort(answer, call.acting ?? false);
      return parse(schema, answer, call);
    },
    async *list(call, pages = 5) {
      let after: string | undefined;
      for (let turn = 0; turn < pages; turn++) {
        // The address of the next page names the token and another host; its cursor is enough.
        const query = { ...call.query, ...(after !== undefined && { after }) };
        const { data, paging } = await graph.ask(page, { ...call, query, method: 'GET' });
        yield* data;
        after = paging?.cursors?.after;
        if (paging?.next === undefined || after === undefined || data.length === 0) return;
      }
    },
  };
  return graph;
}

/** Posts of a reader, whose errors become SOURCE_FAILED. */
export async function* reading<T>(source: string, posts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* posts;
  } catch (error) {
    const why = asPulseError(error).message.replace(/\.$/, '');
    throw fail('SOURCE_FAILED', { source, why }, error);
  }
}

/** A time as the Graph API writes it, `2021-07-04T19:50:58+0000`, in ms UTC. */
export const graphTime = z
  .string()
  .transform((text) => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
  .refine((at) => !Number.isNaN(at), 'is no time');

/** Whether a network shows `shown` for what was sent as `sent`: white space and composition aside. */
export function sameWords(sent: string, shown: string): boolean {
  const even = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return even(sent) === even(shown);
}
