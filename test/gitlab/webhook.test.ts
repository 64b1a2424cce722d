import { createHmac, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from '../../lib/gitlab/webhook.ts';

const key = randomBytes(32);
const signingToken = `whsec_${key.toString('base64')}`;
const token = 'a-secret-token';
const now = 1_800_000_000_000;
const body = '{"object_kind":"note","text":"ü\u2028"}';

function sign(secret: Buffer, id: string, at: string, text: string | Uint8Array): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${at}.`).update(text).digest('base64')}`;
}

/** Headers as GitLab sends them; `undefined` leaves one out. */
function signed(
  changes: Record<string, string | undefined> = {},
  text: string | Uint8Array = body,
) {
  const id = changes['webhook-id'] ?? 'b7f1';
  const at = changes['webhook-timestamp'] ?? String(now / 1000);
  const all: Record<string, string | undefined> = {
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': sign(key, id, at, text),
    ...changes,
  };
  return new Headers(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
const why = (hook: Parameters<typeof verifyWebhook>[0]) => {
  const verdict = verifyWebhook(hook);
  return verdict.ok ? 'ok' : verdict.why;
};

describe('a webhook', () => {
  it('with the right signature is ours, as text and as bytes', () => {
    expect(verifyWebhook({ headers: signed(), body, signingToken, now })).toEqual({
      ok: true,
      id: 'b7f1',
    });
    const bytes = Buffer.from(body);
    expect(why({ headers: signed({}, bytes), body: bytes, signingToken, now })).toBe('ok');
  });

  it('with one right signature among several is ours', () => {
    const right = signed().get('webhook-signature')!;
    const wrong = sign(randomBytes(32), 'b7f1', String(now / 1000), body);
    for (const all of [`${wrong} ${right}`, `${right} ${wrong}`, `v2,abc ${right}`])
      expect(why({ headers: signed({ 'webhook-signature': all }), body, signingToken, now })).toBe(
        'ok',
      );
    expect(
      why({ headers: signed({ 'webhook-signature': wrong }), body, signingToken, now }),
    ).toMatch(/signature/);
  });

  it('is refused when anything it signs was changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('body', 'id', 'at', 'signature'),
        fc.string({ minLength: 1 }),
        (what, other) => {
          const headers = signed();
          if (what === 'id') headers.set('webhook-id', `b7f1${encodeURIComponent(other)}`);
          if (what === 'at') headers.set('webhook-timestamp', String(now / 1000 + 1));
          if (what === 'signature')
            headers.set('webhook-signature', `v1,${Buffer.from(other).toString('base64')}`);
          const text = what === 'body' ? body + other : body;
          return !verifyWebhook({ headers, body: text, signingToken, now }).ok;
        },
      ),
    );
  });

  it.each([
    ['too old', -301, /too old/],
    ['from the future', 301, /future/],
    ['just old enough', -299, /^ok$/],
    ['a little ahead', 299, /^ok$/],
  ])('%s is judged by its timestamp', (_, seconds, expected) => {
    const headers = signed({ 'webhook-timestamp': String(now / 1000 + seconds) });
    expect(why({ headers, body, signingToken, now })).toMatch(expected);
  });

  it.each(['', '1e9', '-5', 'soon', '99999999999999'])('with the timestamp %j is refused', (at) => {
    expect(why({ headers: signed({ 'webhook-timestamp': at }), body, signingToken, now })).not.toBe(
      'ok',
    );
  });

  it('without a signature needs the token, and only if one is configured', () => {
    const bare = signed({ 'webhook-signature': undefined, 'x-gitlab-token': token });
    expect(why({ headers: bare, body, signingToken, token, now })).toBe('ok');
    expect(why({ headers: bare, body, token, now })).toBe('ok');
    expect(why({ headers: bare, body, signingToken, now })).toBe('it is not signed');
    bare.set('x-gitlab-token', 'a-secret-tokem');
    expect(why({ headers: bare, body, token, now })).toBe('the token is not ours');
    bare.delete('x-gitlab-token');
    expect(why({ headers: bare, body, token, now })).toMatch(/neither/);
  });

  it('with a wrong signature is not saved by the right token', () => {
    const headers = signed({ 'x-gitlab-token': token, 'webhook-signature': 'v1,AAAA' });
    expect(why({ headers, body, signingToken, token, now })).toBe('the signature is not ours');
  });

  it('is refused when nothing is configured, and when it is signed without an id', () => {
    expect(verifyWebhook({ headers: signed(), body, now })).toMatchObject({
      ok: false,
      status: 500,
    });
    const headers = signed({ 'webhook-timestamp': undefined });
    expect(verifyWebhook({ headers, body, signingToken, now })).toMatchObject({
      ok: false,
      status: 401,
    });
  });

  it('of an older GitLab is known by its idempotency key', () => {
    const headers = new Headers({ 'x-gitlab-token': token, 'idempotency-key': 'k-1' });
    expect(verifyWebhook({ headers, body, token, now })).toEqual({ ok: true, id: 'k-1' });
  });
});
