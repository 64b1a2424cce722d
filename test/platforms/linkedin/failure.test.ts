import { describe, expect, it } from 'vitest';
import { duplicateIn, nextDay, sorter } from '../../../lib/platforms/linkedin/failure.ts';
import { postUrnIn, timeOfUrn } from '../../../lib/platforms/linkedin/urn.ts';
import { recorded } from './server.ts';

const now = Date.UTC(2026, 10, 21, 13, 0);
const sort = sorter(() => now);
const answer = (status: number, body: unknown, headers = {}) => ({
  status,
  body,
  headers: new Headers(headers),
});
const said = (code: string, message = 'So it is.') => ({ code, message, serviceErrorCode: 100 });

describe('what an answer of LinkedIn means', () => {
  it.each([
    [401, said('EXPIRED_ACCESS_TOKEN'), 'CREDENTIALS_REFUSED', /Sign in anew/],
    [403, said('ACCESS_DENIED'), 'CREDENTIALS_REFUSED', /account that may post/],
    [426, said('NONEXISTENT_VERSION'), 'DELIVERY_REFUSED', /install a newer one/],
    [400, said('MEDIA_ASSET_PROCESSING_FAILED'), 'DELIVERY_REFUSED', /export it anew/],
    [422, said('INVALID'), 'DELIVERY_REFUSED', /Change what it objects to/],
    [422, recorded('error_422_duplicate').body, 'DELIVERY_REFUSED', /change the words/],
    [429, said('TOO_MANY_REQUESTS'), 'DELIVERY_BUSY', /tried again/],
    [400, '<html>Bad request</html>', 'DELIVERY_REFUSED', /./],
  ])('%i %j is %s', (status, body, code, remedy) => {
    const error = sort(answer(status, body), true);
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(remedy);
    expect(error.message).not.toMatch(/\[object|undefined|\.\.$|</);
  });

  it.each([500, 502, 504])('%i is unknown once a post may have left, later before', (status) => {
    expect(sort(answer(status, ''), true).code).toBe('DELIVERY_UNKNOWN');
    expect(sort(answer(status, ''), false).code).toBe('DELIVERY_BUSY');
  });

  it('says when to come back: after midnight UTC, or when LinkedIn says', () => {
    expect(nextDay(now)).toBe(Date.UTC(2026, 10, 22));
    const limit = sort(answer(429, said('TOO_MANY_REQUESTS')), true);
    expect(limit.details.until).toBe(Date.UTC(2026, 10, 22));
    const soon = sort(answer(429, said('TOO_MANY_REQUESTS'), { 'retry-after': '30' }), true);
    expect(soon.details.until).toBe(now + 30_000);
  });

  it('shows no token that LinkedIn repeats', () => {
    const token = `AQV${'x'.repeat(60)}`;
    expect(sort(answer(401, said('INVALID', `Token ${token}.`)), true).message).not.toContain(
      token,
    );
  });
});

describe('a URN', () => {
  it('holds its time', () => {
    // The example of the "Comments API" says when it was made: 1582160678569.
    const urn = 'urn:li:comment:(urn:li:activity:6631349431612559360,6636062862760562688)';
    expect(Math.abs((timeOfUrn(urn) ?? 0) - 1_582_160_678_569)).toBeLessThanOrEqual(1);
    const share = recorded('create_post').headers.get('x-restli-id') ?? '';
    expect(new Date(timeOfUrn(share) ?? 0).getUTCFullYear()).toBe(2021);
    expect(timeOfUrn('urn:li:image:C4E22AQ')).toBeUndefined();
  });

  it('is found in what a refusal says', () => {
    const { status, body } = recorded('error_422_duplicate');
    expect(duplicateIn({ status, body })).toBe('urn:li:share:6844785523593134080');
    expect(duplicateIn({ status: 422, body: 'urn:li:share:1 is invalid' })).toBeUndefined();
    expect(postUrnIn('https://lnkd.in/abc')).toBeUndefined();
  });
});
