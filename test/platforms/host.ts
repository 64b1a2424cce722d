import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Proxy, startProxy } from './proxy.ts';

/** One request as a network got it. */
export interface Recorded {
  method: string;
  /** Path without the query. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  /**
   * JSON parsed, a form by its names (files as `{name, type, size}`, what came more than once as a list), else the
   * text; undefined when empty.
   */
  body: unknown;
}

/** What a network's own description says against a request; empty when nothing. */
export type Check = (request: Recorded) => readonly string[];

/** A stand-in for a network on loopback, behind a proxy that can fail, which holds every request to a description. */
export interface Host {
  url: string;
  proxy: Proxy;
  requests: Recorded[];
  /** Everything that was wrong with requests so far, `POST /2/tweets: text must be string`. */
  problems: string[];
  close(): Promise<void>;
}

/** Serves `app`; a request it has no route for is a problem, as is everything `check` finds. */
export async function startHost(app: Hono, check: Check): Promise<Host> {
  const proxy = await startProxy();
  const requests: Recorded[] = [];
  const problems: string[] = [];
  app.notFound((context) => {
    problems.push(`${context.req.method} ${context.req.path}: there is no such route here`);
    return context.json({ error: 'no such route' }, 404);
  });
  app.onError((error, context) => {
    problems.push(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    return context.json({ error: error.message }, 500);
  });
  const handle = async (request: Request): Promise<Response> => {
    const recorded = await record(request.clone());
    requests.push(recorded);
    const found = check(recorded);
    problems.push(...found.map((each) => `${recorded.method} ${recorded.path}: ${each}`));
    return app.fetch(request);
  };
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: handle, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(started),
    );
  });
  proxy.to((server.address() as { port: number }).port);
  return {
    url: proxy.url,
    proxy,
    requests,
    problems,
    async close() {
      await proxy.close();
      await new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

async function record(request: Request): Promise<Recorded> {
  const { pathname, searchParams } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(request.headers),
    body: await bodyOf(request),
  };
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (/multipart\/form-data|x-www-form-urlencoded/.test(type)) {
    const fields = new Map<string, unknown[]>();
    // What a test of ours sends itself is no danger to memory.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    for (const [name, value] of await request.formData()) {
      const shown =
        typeof value === 'string'
          ? value
          : { name: value.name, type: value.type, size: value.size };
      fields.set(name, [...(fields.get(name) ?? []), shown]);
    }
    // `name[]` is a list, whatever its length.
    return Object.fromEntries(
      [...fields].map(([name, values]) =>
        name.endsWith('[]')
          ? [name.slice(0, -2), values]
          : [name, values.length > 1 ? values : values[0]],
      ),
    );
  }
  const text = await request.text();
  if (text === '') return undefined;
  return /\bjson\b/.test(type) ? (JSON.parse(text) as unknown) : text;
}
