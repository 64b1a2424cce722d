import { readFileSync } from 'node:fs';
import { XRPCError } from '@atproto/api';
import { describe, expect, it } from 'vitest';
import { fail } from '../../../lib/errors.ts';
import { sortFailure } from '../../../lib/platforms/bluesky/failure.ts';
import { sharedPath } from '../../shared.ts';

interface Exchange {
  response: {
    status: number;
    headers: Record<string, string>;
    body: { error: string; message: string };
  };
}

const answer = (status: number, error: string, headers = {}) =>
  new XRPCError(status, error, 'words', headers);
const broken = (code: string) => {
  const cause = Object.assign(new Error('it broke'), { code });
  return XRPCError.from(new TypeError('fetch failed', { cause }));
};

describe('what is known after a failure', () => {
  it.each<[string, unknown, boolean, string]>([
    ['an answer that refuses', answer(400, 'InvalidRequest'), true, 'DELIVERY_REFUSED'],
    ['a wrong password', answer(401, 'AuthenticationRequired'), false, 'CREDENTIALS_REFUSED'],
    ['a limit', answer(429, 'RateLimitExceeded'), true, 'DELIVERY_BUSY'],
    ['an error of the server before the act', answer(502, 'Upstream'), false, 'DELIVERY_BUSY'],
    ['an error of the server in the act', answer(502, 'Upstream'), true, 'DELIVERY_UNKNOWN'],
    ['a connection that never stood', broken('ECONNREFUSED'), true, 'DELIVERY_BUSY'],
    ['a name that is not known', broken('ENOTFOUND'), true, 'DELIVERY_BUSY'],
    ['a connection cut before the act', broken('ECONNRESET'), false, 'DELIVERY_BUSY'],
    ['a connection cut in the act', broken('ECONNRESET'), true, 'DELIVERY_UNKNOWN'],
    ['something nobody foresaw, in the act', 'what?', true, 'DELIVERY_UNKNOWN'],
    [
      'our own deadline, however wrapped',
      XRPCError.from(new Error('x', { cause: fail('CLAIM_EXPIRED', { delivery: 'd' }) })),
      true,
      'CLAIM_EXPIRED',
    ],
  ])('%s', (_name, thrown, acting, code) => {
    expect(sortFailure(thrown, acting)).toMatchObject({ code });
  });

  it.each([
    ['create_session_bad', false, 'CREDENTIALS_REFUSED'],
    ['create_session_429', false, 'DELIVERY_BUSY'],
    ['expired_or_bad_token', true, 'CREDENTIALS_REFUSED'],
    ['post_301_graphemes', true, 'DELIVERY_REFUSED'],
    ['post_3025_bytes', true, 'DELIVERY_REFUSED'],
    ['create_post_bad_blob_ref', true, 'DELIVERY_REFUSED'],
    ['create_record_rkey_not_tid', true, 'DELIVERY_REFUSED'],
    ['create_record_rkey_exists', true, 'DELIVERY_UNKNOWN'],
  ])('%s, as a real server has answered', (name, acting, code) => {
    const file = sharedPath(`platforms/fixtures/bluesky/${name}.json`);
    const { exchanges } = JSON.parse(readFileSync(file, 'utf8')) as { exchanges: Exchange[] };
    const failed = exchanges.filter(({ response }) => response.status >= 400);
    expect(failed.length).toBeGreaterThan(0);
    for (const { response } of failed) {
      const { status, headers, body } = response;
      const error = new XRPCError(status, body.error, body.message, headers);
      expect(sortFailure(error, acting)).toMatchObject({ code });
    }
  });

  it('includes when a limit ends', () => {
    const limited = answer(429, 'RateLimitExceeded', { 'ratelimit-reset': '1795254255' });
    expect(sortFailure(limited, true).details).toMatchObject({ until: 1_795_254_255_000 });
  });
});
