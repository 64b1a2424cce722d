import { jsonToLex, Lexicons } from '@atproto/lexicon';
import { schemas } from '@atproto/api';

/**
 * `fetch` that holds every request to the lexicon of its method, as published with @atproto/api: parameters, input,
 * and the record that is put. What is wrong goes into `problems`.
 */
export function checkedFetch(problems: string[]): typeof globalThis.fetch {
  const lexicons = new Lexicons(schemas);
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, searchParams } = new URL(request.url);
    const method = pathname.replace('/xrpc/', '');
    const check = (what: () => unknown) => {
      try {
        what();
      } catch (error) {
        problems.push(`${method}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    const type = lexicons.getDef(method)?.type;
    if (type !== 'query' && type !== 'procedure') problems.push(`${method}: no such method`);
    else if ((type === 'query') !== (request.method === 'GET'))
      problems.push(`${method}: is not asked for with ${request.method}`);
    else if (type === 'query')
      check(() => lexicons.assertValidXrpcParams(method, read(lexicons, method, searchParams)));
    else if (request.headers.get('content-type')?.includes('json')) {
      const body = jsonToLex(await request.clone().json()) as { record?: { $type: string } };
      check(() => lexicons.assertValidXrpcInput(method, body));
      const { record } = body;
      if (record) check(() => lexicons.assertValidRecord(record.$type, record));
    }
    return fetch(request);
  };
}

/** Parameters of a query by the types that the lexicon gives them; one it does not know is a problem. */
function read(lexicons: Lexicons, method: string, query: URLSearchParams): Record<string, unknown> {
  const definition = lexicons.getDef(method) as {
    parameters?: { properties?: Record<string, { type: string }> };
  };
  const known = definition.parameters?.properties ?? {};
  const values = [...new Set(query.keys())].map((name): [string, unknown] => {
    const type = known[name]?.type;
    if (type === undefined) throw new Error(`there is no parameter ${name}`);
    if (type === 'array') return [name, query.getAll(name)];
    const value = query.get(name) ?? '';
    if (type === 'integer') return [name, Number(value)];
    return [name, type === 'boolean' ? value === 'true' : value];
  });
  return Object.fromEntries(values);
}
