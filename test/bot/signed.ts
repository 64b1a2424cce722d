import { createHmac } from 'node:crypto';
import { secret } from '../../lib/secret.ts';

export const signingToken = `whsec_${Buffer.from('a key of our own, for tests').toString('base64')}`;
export const secretToken = 'the-secret-token';
export const bothTokens = { signing: secret(signingToken), token: secret(secretToken) };

export interface Signing {
  id?: string;
  /** ms UTC. */
  at?: number;
  key?: string;
}

/** Headers as GitLab 19 sends them with a signing token; written apart from the code under test. */
export function signedHeaders(
  body: string | Uint8Array,
  { id = crypto.randomUUID(), at = Date.now(), key = signingToken }: Signing = {},
): Record<string, string> {
  const seconds = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
    .update(`${id}.${seconds}.`)
    .update(body)
    .digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'idempotency-key': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  };
}

/** A request with a signed webhook. */
export function signed(body: unknown, how?: Signing): Request {
  const text = JSON.stringify(body);
  return new Request('http://bot/hooks', {
    method: 'POST',
    headers: signedHeaders(text, how),
    body: text,
  });
}
