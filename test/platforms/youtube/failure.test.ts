import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { said, sorter } from '../../../lib/platforms/youtube/failure.ts';
import { fittingTags, measure } from '../../../lib/platforms/youtube/measure.ts';
import { nextReset } from '../../../lib/platforms/youtube/reset.ts';
import { recorded } from './fixture.ts';
import { errorOf } from './refuse.ts';

const now = Date.UTC(2026, 10, 21, 13, 0);
const sort = sorter(() => now);
const answer = (status: number, body: unknown) => ({ status, body, headers: new Headers() });

describe('what an answer of YouTube means', () => {
  it.each([
    [401, errorOf(401, 'authError', 'Invalid Credentials'), 'CREDENTIALS_REFUSED', /Sign in anew/],
    [401, errorOf(401, 'youtubeSignupRequired', 'x'), 'CREDENTIALS_REFUSED', /no channel yet/],
    [403, recorded('error_permission_resp'), 'CREDENTIALS_REFUSED', /grant/],
    [403, errorOf(403, 'accessNotConfigured', 'x'), 'CREDENTIALS_REFUSED', /Switch on/],
    [400, recorded('error_response'), 'DELIVERY_REFUSED', /Change what it objects to/],
    [400, recorded('error_response_simple'), 'DELIVERY_REFUSED', /Change what it objects to/],
    [400, errorOf(400, 'invalidTitle', 'x'), 'DELIVERY_REFUSED', /100 characters/],
    [403, errorOf(403, 'commentsDisabled', 'x'), 'DELIVERY_REFUSED', /Comments are off/],
    [403, errorOf(403, 'quotaExceeded', 'x'), 'DELIVERY_BUSY', /./],
    [400, errorOf(400, 'uploadLimitExceeded', 'x'), 'DELIVERY_BUSY', /./],
    [429, errorOf(429, 'rateLimitExceeded', 'x'), 'DELIVERY_BUSY', /./],
  ])('%i %j is %s', (status, body, code, remedy) => {
    const error = sort(answer(status, body), true);
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(remedy);
    expect(error.message).not.toMatch(/\[object|undefined|\.\.$/);
  });

  it.each([500, 502, 503])('%i is unknown once a post may have left, later before', (status) => {
    const body = errorOf(status, 'backendError', 'Backend Error');
    expect(sort(answer(status, body), true).code).toBe('DELIVERY_UNKNOWN');
    expect(sort(answer(status, body), false).code).toBe('DELIVERY_BUSY');
  });

  it('says when to come back, to the meter as well', () => {
    const body = errorOf(403, 'quotaExceeded', 'Spent');
    const midnight = Date.UTC(2026, 10, 22, 8);
    expect(sort(answer(403, body), true).details.until).toBe(midnight);
    expect(said(answer(403, body), () => now)).toEqual({ remaining: 0, reset: midnight });
    expect(said(answer(200, {}), () => now)).toEqual({});
  });
});

describe('the next midnight in California', () => {
  it.each([
    ['2026-11-21T13:00:00Z', '2026-11-22T08:00:00.000Z'],
    ['2026-07-01T06:59:59Z', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T07:00:00Z', '2026-07-02T07:00:00.000Z'],
    // The clocks change on 8 March and 1 November 2026.
    ['2026-03-08T09:00:00Z', '2026-03-09T07:00:00.000Z'],
    ['2026-11-01T08:00:00Z', '2026-11-02T08:00:00.000Z'],
  ])('after %s is %s', (at, expected) => {
    expect(new Date(nextReset(Date.parse(at))).toISOString()).toBe(expected);
  });

  it('is always ahead, by 25 hours at most', () => {
    const times = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(times, (at) => {
        const ahead = nextReset(at) - at;
        expect(ahead).toBeGreaterThan(0);
        expect(ahead).toBeLessThanOrEqual(25 * 3_600_000);
        expect(nextReset(nextReset(at) - 1)).toBe(nextReset(at));
      }),
    );
  });
});

describe('the measure of a description', () => {
  it('counts bytes and knows what is forbidden', () => {
    expect(measure('é'.repeat(2500))).toMatchObject({ length: 5000, unit: 'bytes', fits: true });
    expect(measure('é'.repeat(2501)).fits).toBe(false);
    expect(measure('1 < 2')).toMatchObject({ length: 1, limit: 0, fits: false });
  });

  it('never lets tags grow over 500 characters', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 120 })), (tags) => {
        const fitting = fittingTags(tags);
        const quoted = fitting.map((tag) => (tag.includes(' ') ? `"${tag}"` : tag));
        expect(quoted.join().length).toBeLessThanOrEqual(500);
        expect(fitting.join('')).not.toMatch(/[<>]/);
      }),
    );
  });
});
