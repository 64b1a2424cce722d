import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Served } from '../lib/desk/serve-media.ts';
import type { Verify } from './verify.ts';

/** GitLab's own webhooks stay far below; what is larger is read no further. */
export const maximalBody = 1_048_576;

export type Taken = 'taken' | 'malformed' | { ignored: string };

export interface ServerParts {
  /** Whether a request comes from our GitLab. */
  verify: Verify;
  /** Takes note of a verified webhook at once and works later; says why when there is nothing to do. */
  take: (headers: Headers, body: Uint8Array, id?: string) => Taken;
  /** Who we are at GitLab, once it has answered. */
  machine: () => string | undefined;
  /** A file for a network that fetches it itself; undefined for an address nobody was given. */
  media?: (path: string, query: URLSearchParams) => Promise<Served | undefined>;
}

/**
 * `POST /hooks` answers 202 as soon as the signature is right, also for what is then ignored: GitLab switches a hook
 * off after a few other answers, and a group's hook fires for its other projects, too.
 */
export function createServer({ verify, take, machine, media }: ServerParts): Hono {
  const app = new Hono();
  const limited = bodyLimit({ maxSize: maximalBody, onError: tooLarge });

  const hook = async (c: Context): Promise<Response> => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const { headers } = c.req.raw;
    const verdict = verify(headers, body);
    if (!verdict.ok) return c.json({ error: verdict.why }, verdict.status);
    const taken = take(headers, body, verdict.id);
    if (taken === 'malformed') return c.json({ error: 'The body is not an event of GitLab.' }, 400);
    return c.json(taken === 'taken' ? { taken: true } : taken, 202);
  };

  app.post('/hooks', async (c) => {
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
      return c.json({ error: 'The body must be application/json.' }, 415);
    const length = c.req.header('content-length');
    if (length !== undefined && c.req.header('transfer-encoding') === undefined)
      return Number(length) > maximalBody ? tooLarge(c) : hook(c);
    // Of unknown length: counted while it is read.
    let response: Response | undefined;
    const refused = await limited(c, async () => void (response = await hook(c)));
    return refused ?? response ?? tooLarge(c);
  });

  app.all('/hooks', (c) => c.json({ error: 'Only POST.' }, 405, { allow: 'POST' }));
  app.get('/healthz', (c) => c.json({ healthy: true }));
  app.get('/readyz', (c) => {
    const name = machine();
    if (name !== undefined) return c.json({ ready: true, machine: name });
    return c.json({ ready: false, why: 'GitLab has not yet said who we are.' }, 503);
  });
  app.get('/media/*', async (c) => {
    const { pathname, searchParams } = new URL(c.req.url);
    const found = await media?.(pathname.slice('/media/'.length), searchParams);
    if (found === undefined) return c.notFound();
    return c.body(new Uint8Array(found.bytes), 200, {
      'content-type': found.type,
      'content-length': String(found.bytes.length),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });
  app.notFound((c) => c.json({ error: 'There is nothing here.' }, 404));
  app.onError((_, c) => c.json({ error: 'This should not happen.' }, 500));
  return app;
}

const tooLarge = (c: Context) =>
  c.json({ error: `The body is larger than ${String(maximalBody)} bytes.` }, 413, {
    connection: 'close',
  });
