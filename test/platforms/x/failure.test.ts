import { describe, expect, it } from 'vitest';
import { isDuplicate, sortX, sortXBroken } from '../../../lib/platforms/x/failure.ts';
import { recorded } from './fixture.ts';

const problem = (detail: string, more: object = {}) => ({ detail, title: 'Forbidden', ...more });

describe('what an answer of X means', () => {
  it.each([
    [403, recorded('error_403_duplicate').body, 'DELIVERY_REFUSED', /Change them/],
    [403, recorded('pg_error_403_app_only').body, 'CREDENTIALS_REFUSED', /sign in/],
    [400, recorded('pg_error_400_281').body, 'DELIVERY_REFUSED', /Change what it objects to/],
    [400, recorded('pg_error_400_enum').body, 'DELIVERY_REFUSED', /./],
    [401, recorded('pg_error_401').body, 'CREDENTIALS_REFUSED', /Sign in anew/],
    [429, recorded('error_429').body, 'DELIVERY_BUSY', /./],
    [403, problem('You are not permitted to perform this action.'), 'DELIVERY_REFUSED', /by hand/],
    [
      403,
      problem('Reply to this conversation is not allowed because you have not been mentioned.'),
      'DELIVERY_REFUSED',
      /mentioned or quoted/,
    ],
    [403, { errors: [{ code: 326, message: 'locked' }] }, 'CREDENTIALS_REFUSED', /unlock/],
    [403, { errors: [{ code: 64, message: 'no' }] }, 'CREDENTIALS_REFUSED', /suspended/],
    [
      403,
      problem('no', { type: 'https://api.twitter.com/2/problems/oauth1-permissions' }),
      'CREDENTIALS_REFUSED',
      /Read and write/,
    ],
    [402, problem('no credits', { title: 'CreditsDepleted' }), 'DELIVERY_REFUSED', /Buy more/],
    [403, problem('x', { reason: 'client-not-enrolled' }), 'DELIVERY_REFUSED', /project/],
    [413, '', 'DELIVERY_REFUSED', /./],
  ])('%i %j is %s', (status, data, code, remedy) => {
    const error = sortX({ status, data }, true);
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(remedy);
    expect(error.message).not.toMatch(/\[object|undefined|\.\.$/);
  });

  it.each([500, 502, 503, 504])(
    '%i is unknown once a post may have left, later before',
    (status) => {
      expect(sortX({ status, data: '<html>' }, true).code).toBe('DELIVERY_UNKNOWN');
      expect(sortX({ status, data: undefined }, false).code).toBe('DELIVERY_BUSY');
    },
  );

  it('says when to come back', () => {
    const { body } = recorded('error_429');
    const error = sortX({ status: 429, data: body, reset: 1_705_420_800_000 }, true);
    expect(error.details.until).toBe(1_705_420_800_000);
  });

  it('tells a duplicate from other refusals', () => {
    const refused = (data: unknown) => isDuplicate(sortX({ status: 403, data }, true));
    expect(refused(recorded('error_403_duplicate').body)).toBe(true);
    expect(refused(problem('You are not permitted to perform this action.'))).toBe(false);
  });

  it('keeps nothing of the request, which holds the token', () => {
    const thrown = Object.assign(new Error('Request failed'), {
      request: { headers: { authorization: 'Bearer secret-token' } },
      requestError: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
    });
    const error = sortXBroken(thrown, true);
    expect(error.code).toBe('DELIVERY_UNKNOWN');
    expect(JSON.stringify([error, error.cause, error.stack])).not.toContain('secret-token');
    const never = Object.assign(new Error('no'), {
      requestError: Object.assign(new Error(''), { code: 'ECONNREFUSED' }),
    });
    expect(sortXBroken(never, true).code).toBe('DELIVERY_BUSY');
  });
});
