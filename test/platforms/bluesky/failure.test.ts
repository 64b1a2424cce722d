import { XRPCError } from '@atproto/api';
import { describe, expect, it } from 'vitest';
import { fail } from '../../../lib/errors.ts';
import { sortFailure } from '../../../lib/platforms/bluesky/failure.ts';

const answer = (status: number, error: string, headers = {}) =>
  new XRPCError(status, error, 'words', headers);
const broken = (code: string) => {
  const cause = Object.assign(new Error('it broke'), { code });
  return XRPCError.from(new TypeError('fetch failed', { cause }));
};

describe('what is known after a failure', () => {
  it.each<[string, unknown, boolean, string]>([
    ['an answer that refuses', answer(400, 'InvalidRequest'), true, 'DELIVERY_REFUSED'],
    ['a wrong password', answer(401, 'AuthenticationRequired'), false, 'DELIVERY_REFUSED'],
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

  it('includes when a limit ends', () => {
    const limited = answer(429, 'RateLimitExceeded', { 'ratelimit-reset': '1795254255' });
    expect(sortFailure(limited, true).details).toMatchObject({ until: 1_795_254_255_000 });
  });
});
