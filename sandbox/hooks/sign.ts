import { createHmac } from 'node:crypto';
import type { Delivery, Hook } from '../model-hooks.ts';

/** Key of a signing token `whsec_<base64>`; undefined when it is none. */
export function signingKey(token: string): Buffer | undefined {
  const found = /^whsec_([A-Za-z0-9+/_-]+={0,2})$/.exec(token);
  return found ? Buffer.from(found[1] ?? '', 'base64') : undefined;
}

/** The headers GitLab sends with a delivery. `now` in ms. */
export function headersOf(
  hook: Hook,
  delivery: Delivery,
  instance: string,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'GitLab/19.2.1',
    'x-gitlab-event': delivery.event,
    'x-gitlab-webhook-uuid': hook.uuid,
    'x-gitlab-instance': instance,
    'x-gitlab-event-uuid': delivery.eventUuid,
    'idempotency-key': delivery.key,
    'webhook-id': delivery.key,
    'webhook-timestamp': timestamp,
  };
  if (hook.token !== undefined) headers['x-gitlab-token'] = hook.token;
  const key = hook.signingToken === undefined ? undefined : signingKey(hook.signingToken);
  if (key !== undefined) {
    const signed = `${delivery.key}.${timestamp}.${delivery.body}`;
    headers['webhook-signature'] =
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  }
  for (const { key: name, value } of hook.headers) headers[name.toLowerCase()] = value;
  return headers;
}
