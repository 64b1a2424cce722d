import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDenial, readGrant } from '../../lib/tokens/answer.ts';

describe('a token answer', () => {
  it.each([
    [
      'RFC 6749',
      { access_token: 'a', refresh_token: 'r', expires_in: 3600, scope: 'x y' },
      { access: 'a', refresh: 'r', life: 3_600_000, scopes: ['x', 'y'] },
    ],
    [
      'TikTok',
      {
        access_token: 'a',
        refresh_token: 'r',
        expires_in: 7200,
        refresh_expires_in: 86400,
        scope: 'x,y',
      },
      { access: 'a', refresh: 'r', life: 7_200_000, refreshLife: 86_400_000, scopes: ['x', 'y'] },
    ],
    [
      'LinkedIn',
      { access_token: 'a', expires_in: '5184000', refresh_token_expires_in: '31536000' },
      { access: 'a', life: 5_184_000_000, refreshLife: 31_536_000_000 },
    ],
    ['Instagram', { data: [{ access_token: 'a', user_id: 7 }] }, { access: 'a' }],
    ['a number for a token', { access_token: 7, refresh_token: {} }, {}],
    ['blanks', { access_token: ' ', refresh_token: '', expires_in: '', scope: '' }, {}],
    ['no life at all', { access_token: 'a', expires_in: 0 }, { access: 'a' }],
    ['a list', [1], {}],
    ['nothing', undefined, {}],
  ])('of %s', (_, body, grant) => {
    expect(readGrant(body)).toEqual(grant);
  });

  it('is read whatever it is, and holds nothing empty', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 200, max: 599 }), (body, status) => {
        const grant = readGrant(body);
        for (const value of Object.values(grant)) expect([null, '', 0]).not.toContain(value);
        const denial = readDenial(status, body);
        if (status >= 300) expect(denial).toBeDefined();
        if (denial === undefined) expect(grant.access).toBeTruthy();
      }),
    );
  });
});

describe('a refusal', () => {
  it.each([
    [400, { error: 'invalid_grant', error_description: 'gone' }, 'grant', 'invalid_grant, gone'],
    // X says so of a refresh token that was used.
    [
      400,
      { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
      'grant',
    ],
    // TikTok refuses with status 200.
    [200, { error: 'invalid_grant', error_description: 'expired', log_id: '1' }, 'grant'],
    [401, { error: 'invalid_client' }, 'client', 'invalid_client'],
    [400, { error: 'unauthorized_client' }, 'client'],
    [400, { error: { message: 'expired', type: 'OAuthException', code: 190 } }, 'grant', 'expired'],
    [400, { error: { message: 'app', type: 'OAuthException', code: 101 } }, 'client'],
    [400, { error: { message: 'busy', type: 'OAuthException', code: 4 } }, 'busy'],
    [
      500,
      { error: { message: 'again', type: 'OAuthException', code: 1, is_transient: true } },
      'busy',
    ],
    // Reddit.
    [400, { message: 'Bad Request', error: 400 }, 'grant', 'Bad Request'],
    [401, { message: 'Unauthorized', error: 401 }, 'client'],
    [503, { error: 'invalid_grant' }, 'busy'],
    [429, undefined, 'busy', 'it answered 429'],
    [400, { error: 'temporarily_unavailable' }, 'busy'],
    // A page of something in between says nothing about our tokens.
    [403, undefined, 'busy', 'it answered 403'],
    [302, undefined, 'busy'],
    [200, undefined, 'busy', 'it answered 200'],
  ])('%i %j is about: %s', (status, body, why, message?: string) => {
    const denial = readDenial(status, body);
    expect(denial?.why).toBe(why);
    if (message !== undefined) expect(denial?.message).toBe(message);
  });
});
