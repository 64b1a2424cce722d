import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServer, maximalBody, type Taken } from '../../bot/server.ts';
import { createVerify } from '../../bot/verify.ts';
import { systemClock } from '../../lib/clock.ts';
import { bothTokens, secretToken, signed, signedHeaders, signingToken } from './signed.ts';

const event = { object_kind: 'note', project_id: 1 };

function server(answer: Taken = 'taken', hooks: Parameters<typeof createVerify>[0] = bothTokens) {
  const taken: (string | undefined)[] = [];
  const app = createServer({
    verify: createVerify(hooks, systemClock),
    take: (_, body, id) => {
      taken.push(id, new TextDecoder().decode(body));
      return answer;
    },
    machine: () => undefined,
  });
  return { app, taken };
}

const post = (body: string, headers: Record<string, string>) =>
  new Request('http://bot/hooks', { method: 'POST', body, headers });

describe('POST /hooks', () => {
  it('takes what is signed, and answers before it works', async () => {
    const { app, taken } = server();
    const response = await app.fetch(signed(event, { id: 'one' }));
    expect([response.status, await response.json()]).toEqual([202, { taken: true }]);
    expect(taken).toEqual(['one', JSON.stringify(event)]);
  });

  it('takes one of several signatures, while tokens are being rotated', async () => {
    const { app } = server();
    const headers = signedHeaders('{}');
    headers['webhook-signature'] = `v1,AAAA ${headers['webhook-signature']!}`;
    expect((await app.fetch(post('{}', headers))).status).toBe(202);
  });

  it('takes the secret token of a GitLab that does not sign', async () => {
    const { app, taken } = server();
    const headers = { 'content-type': 'application/json', 'x-gitlab-token': secretToken };
    expect((await app.fetch(post('{}', headers))).status).toBe(202);
    expect(taken).toHaveLength(2);
  });

  const other = `whsec_${Buffer.from('another key').toString('base64')}`;
  const json = { 'content-type': 'application/json' };
  it.each<[string, Record<string, string>, RegExp]>([
    ['unsigned', json, /neither/],
    ['with a wrong token', { ...json, 'x-gitlab-token': 'guess' }, /token/],
    ['signed with another key', signedHeaders('{}', { key: other }), /signature/],
    ['signed over another body', signedHeaders('{"a":1}'), /signature/],
    ['stale', signedHeaders('{}', { at: Date.now() - 600_000 }), /too old/],
    ['from the future', signedHeaders('{}', { at: Date.now() + 600_000 }), /future/],
    [
      'badly signed though the token is right',
      { ...signedHeaders('{}', { key: other }), 'x-gitlab-token': secretToken },
      /signature/,
    ],
    ['with an id that was not signed', { ...signedHeaders('{}'), 'webhook-id': 'x' }, /signature/],
  ])('refuses what is %s, and says why', async (_, headers, why) => {
    const { app, taken } = server();
    const response = await app.fetch(post('{}', headers));
    expect(response.status).toBe(401);
    const text = await response.text();
    expect(text).toMatch(why);
    expect(text).not.toContain(secretToken);
    expect(text).not.toContain(signingToken);
    expect(taken).toEqual([]);
  });

  it('refuses what GitLab never sends', async () => {
    const { app, taken } = server();
    const form = { ...signedHeaders('a=b'), 'content-type': 'application/x-www-form-urlencoded' };
    expect((await app.fetch(post('a=b', form))).status).toBe(415);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await app.request('/hooks', { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
    expect((await app.request('/other')).status).toBe(404);
    expect(taken).toEqual([]);
  });

  it('says so when a signed body is no event', async () => {
    expect((await server('malformed').app.fetch(signed('x'))).status).toBe(400);
  });

  it('answers 202 to what it ignores, or GitLab would switch the hook off', async () => {
    const response = await server({ ignored: 'another project' }).app.fetch(signed(event));
    expect([response.status, await response.json()]).toEqual([202, { ignored: 'another project' }]);
  });

  it('does not start without a way to tell GitLab from others', () => {
    expect(() => server('taken', {})).toThrow(/PULSE_HOOK_SIGNING_TOKEN/);
  });
});

describe('a body that is too large', () => {
  const open = async () => {
    const { app, taken } = server();
    const http = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    onTestFinished(() => void http.close());
    await new Promise((resolve) => http.once('listening', resolve));
    return { port: (http.address() as AddressInfo).port, taken };
  };

  /** Sends `chunks` of 64 kB and resolves with the status and how much was sent by then. */
  const send = (port: number, headers: Record<string, string | number>, chunks: number) =>
    new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
      let sent = 0;
      const ask = request({ port, path: '/hooks', method: 'POST', headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, sent });
        ask.destroy();
      });
      ask.on('error', reject);
      const next = () => {
        if (ask.destroyed || sent >= chunks * 65_536) return void ask.end();
        sent += 65_536;
        ask.write(Buffer.alloc(65_536, 32), () => setTimeout(next, 1));
      };
      next();
    });

  it('is refused by its announced length before it is read', async () => {
    const { port, taken } = await open();
    const headers = { ...signedHeaders('{}'), 'content-length': 1_000_000_000 };
    const { status, sent } = await send(port, headers, 200);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(maximalBody * 2);
    expect(taken).toEqual([]);
  });

  it('is refused while it is read when it comes without a length', async () => {
    const { port, taken } = await open();
    const { status, sent } = await send(port, signedHeaders('{}'), 200);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(maximalBody * 4);
    expect(taken).toEqual([]);
  });

  it('is taken when it comes in pieces and is signed', async () => {
    const { port, taken } = await open();
    const body = JSON.stringify({ text: 'ü'.repeat(100_000) });
    const response = await fetch(`http://127.0.0.1:${String(port)}/hooks`, {
      method: 'POST',
      headers: signedHeaders(body),
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    expect(response.status).toBe(202);
    expect(taken[1]).toBe(body);
  });
});

describe('health', () => {
  it('is there at once, readiness when GitLab has said who we are', async () => {
    const { app } = server();
    expect((await app.request('/healthz')).status).toBe(200);
    expect((await app.request('/readyz')).status).toBe(503);
    const known = createServer({
      verify: createVerify(bothTokens, systemClock),
      take: () => 'taken',
      machine: () => 'project_1_bot_ab',
    });
    const response = await known.request('/readyz');
    expect([response.status, await response.json()]).toEqual([
      200,
      { ready: true, machine: 'project_1_bot_ab' },
    ]);
  });
});
