import type { mastodon } from 'masto';
import { createActionProxy, HttpActionDispatcher } from 'masto/adapters/action/index.js';
import { HttpActionDispatcherHookMastodon } from 'masto/adapters/action/dispatcher-http-hook-mastodon.js';
import { SerializerNativeImpl } from 'masto/adapters/serializers/index.js';
import type {
  Http,
  HttpMethod,
  HttpRequestParams,
  HttpResponse,
  Serializer,
} from 'masto/interfaces/index.js';
import { fail } from '../../errors.ts';
import { type Answer, createHttp, type Request } from '../http.ts';
import type { Surroundings } from '../surroundings.ts';
import { limitsOf, sortMastodon } from './failure.ts';

/** An instance and the account there. */
export interface Instance {
  /** Address of the server, without a path. */
  server: string;
  token: string;
}

/** What a call is to us, beside what it asks. */
export type Call = Pick<Request, 'operation' | 'acting' | 'deadline'>;

/** One request, and what it is to us. */
type Asking = Pick<Request, 'method' | 'headers' | 'json' | 'body'> & { path: string };

/**
 * The instance's API. masto has its paths, its parameters and how they are written; the requests are made by
 * `createHttp`, since masto's own transport takes no fetch but the global one, so it knows neither our limits nor our
 * deadlines, checks none right before a request leaves, and puts the answer with all its headers into its errors.
 * Answers come as the server wrote them, not renamed as masto's types say: take them for `unknown` and parse them.
 * `ask` goes past masto, for the one request that is made for every post: putting its names together takes longer than
 * everything else about it.
 */
export function speakMastodon({ server, token }: Instance, { fetch, meter }: Surroundings) {
  const http = createHttp({
    platform: 'Mastodon',
    fetch,
    meter,
    sort: (answer, acting) => sortMastodon(server, answer, acting),
    said: limitsOf,
  });
  const authorization = `Bearer ${token}`;
  const exchange = async (call: Call, { path, headers, ...asking }: Asking) => {
    const answer = await http({
      ...call,
      ...asking,
      url: server + path,
      headers: { authorization, ...headers },
    });
    if (typeof answer.body === 'object' && answer.body !== null) return answer;
    const why = 'it answered with something that is no JSON';
    if (call.acting) throw fail('DELIVERY_UNKNOWN', { platform: 'Mastodon', why });
    throw fail('DELIVERY_BUSY', { platform: 'Mastodon', status: 200, message: why });
  };
  const speak = (call: Call): mastodon.rest.Client => {
    const transport = transportOf((asking) => exchange(call, asking));
    const hook = new HttpActionDispatcherHookMastodon(transport);
    const dispatcher = new HttpActionDispatcher(transport, {
      beforeDispatch: (action) => hook.beforeDispatch(action),
      dispatch: () => false,
      // The library would wait for uploads here, for a minute and without asking us.
      afterDispatch: (_action, result) => result,
    });
    return createActionProxy<mastodon.rest.Client>(dispatcher, { context: ['api'] });
  };
  const ask = async (call: Call, asking: Asking): Promise<unknown> =>
    (await exchange(call, asking)).body;
  return Object.assign(speak, { ask });
}

type Body = NonNullable<Request['body']>;

const serializer: Serializer = new SerializerNativeImpl();

/** What masto sends its requests with. */
function transportOf(exchange: (asking: Asking) => Promise<Answer>): Http {
  const request = async <T>(params: HttpRequestParams): Promise<HttpResponse<T>> => {
    const { path, search, body, encoding = 'json', requestInit } = params;
    const text =
      typeof search === 'object' ? serializer.serialize('querystring', search) : (search ?? '');
    const answer = await exchange({
      method: params.method as Request['method'],
      path: text === '' ? path : `${path}?${text}`,
      headers: {
        ...(body !== undefined && encoding === 'json' && { 'content-type': 'application/json' }),
        ...Object.fromEntries(new Headers(requestInit?.headers)),
      },
      ...(body !== undefined && { body: serializer.serialize(encoding, body) as Body }),
    });
    return { headers: answer.headers, data: answer.body as T };
  };
  const asking =
    (method: string, where: 'search' | 'body'): HttpMethod =>
    (path, data, meta) =>
      request({ method, path, [where]: data, ...meta });
  return {
    request,
    get: asking('GET', 'search'),
    post: asking('POST', 'body'),
    put: asking('PUT', 'body'),
    patch: asking('PATCH', 'body'),
    delete: asking('DELETE', 'body'),
  };
}
