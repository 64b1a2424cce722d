import { createHmac, timingSafeEqual } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** What the bot is compared to: Hono, the same signature, nothing else. `PULSE_HOOK_SIGNING_TOKEN` as for the bot. */
const token = process.env.PULSE_HOOK_SIGNING_TOKEN ?? '';
const key = Buffer.from(token.replace(/^whsec_/, ''), 'base64');

const app = new Hono();
app.post('/hooks', async (c) => {
  const id = c.req.header('webhook-id') ?? '';
  const stamp = c.req.header('webhook-timestamp') ?? '';
  const hmac = createHmac('sha256', key).update(`${id}.${stamp}.`);
  const expected = Buffer.from(`v1,${hmac.update(await c.req.text()).digest('base64')}`);
  const given = Buffer.from(c.req.header('webhook-signature') ?? '');
  const right = expected.length === given.length && timingSafeEqual(expected, given);
  return right ? c.json({ taken: true }, 202) : c.json({ error: 'no' }, 401);
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
