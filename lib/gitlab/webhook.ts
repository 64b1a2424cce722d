import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

export interface Hook {
  headers: Pick<Headers, 'get'>;
  /** As it came: the signature is over these very bytes. */
  body: Uint8Array | string;
  /** `whsec_<base64>`, of a GitLab from 19.0; as `signingKey` made it where many are verified. */
  signingToken?: string | KeyObject | undefined;
  /** The secret token, for a GitLab that does not sign. */
  token?: string | undefined;
  /** ms UTC. */
  now: number;
  /** How far GitLab's clock may be from ours, ms. */
  tolerance?: number;
}

/** `id` is the same for every retry and resend of one delivery; absent where GitLab sends none. */
export type Verdict = { ok: true; id?: string } | { ok: false; status: 401 | 500; why: string };

const refuse = (why: string): Verdict => ({ ok: false, status: 401, why });

/**
 * Whether a webhook comes from our GitLab, and now. A signature counts when there is one and a signing token to check
 * it with; else the secret token. Compares in constant time.
 * Source: the Standard Webhooks scheme as GitLab uses it, HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`.
 */
export function verifyWebhook(hook: Hook): Verdict {
  const { headers, signingToken, token, now, tolerance = 300_000 } = hook;
  const id = headers.get('webhook-id') ?? headers.get('idempotency-key');
  const passed: Verdict = id === null ? { ok: true } : { ok: true, id };
  if (signingToken === undefined && token === undefined)
    return { ok: false, status: 500, why: 'neither a signing token nor a secret token is set' };

  const stamp = headers.get('webhook-timestamp');
  if (stamp !== null) {
    const sent = /^\d{1,12}$/.test(stamp) ? Number(stamp) * 1000 : Number.NaN;
    if (Number.isNaN(sent)) return refuse('the timestamp is no number of seconds');
    if (sent < now - tolerance) return refuse('the timestamp is too old');
    if (sent > now + tolerance) return refuse('the timestamp lies in the future');
  }
  const signature = headers.get('webhook-signature');
  if (signature !== null && signingToken !== undefined) {
    if (id === null || stamp === null) return refuse('it is signed without an id and a timestamp');
    const expected = sign(signingToken, `${id}.${stamp}.`, hook.body);
    const given = signature.split(' ').filter((each) => each.startsWith('v1,'));
    // Every one is compared, so that the time taken tells nothing.
    const right = given.map((each) => same(each, expected)).filter(Boolean);
    return right.length > 0 ? passed : refuse('the signature is not ours');
  }
  if (token === undefined) return refuse('it is not signed');
  const given = headers.get('x-gitlab-token');
  if (given === null) return refuse('it carries neither a signature nor a token');
  return same(given, token) ? passed : refuse('the token is not ours');
}

/** The key in a signing token; made once, it halves the time a verification takes. */
export const signingKey = (signingToken: string): KeyObject =>
  createSecretKey(Buffer.from(signingToken.replace(/^whsec_/, ''), 'base64'));

function sign(token: string | KeyObject, head: string, body: Uint8Array | string): string {
  const key = typeof token === 'string' ? signingKey(token) : token;
  return `v1,${createHmac('sha256', key).update(head).update(body).digest('base64')}`;
}

/** Compares hashes, so that not even the length can be measured. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
