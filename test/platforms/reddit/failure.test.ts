import { describe, expect, it } from 'vitest';
import {
  errorsIn,
  isAlreadyThere,
  sortReddit,
  waitOf,
} from '../../../lib/platforms/reddit/failure.ts';
import { answerTo, errorBody } from './fixture.ts';

const now = 1_700_000_000_000;
const sort = (body: unknown, status = 200, headers: Record<string, string> = {}, acting = true) =>
  sortReddit({ status, headers: new Headers(headers), body }, acting, now);
const said = (code: string, field?: string) => ({ json: { errors: [[code, 'it says.', field]] } });

describe('what an answer of Reddit means', () => {
  it.each([
    [errorBody('TOO_LONG'), 'DELIVERY_REFUSED', /Change the title/],
    [errorBody('ALREADY_SUB'), 'DELIVERY_REFUSED', /another link/],
    [errorBody('USER_REQUIRED'), 'CREDENTIALS_REFUSED', /Sign in anew/],
    [errorBody('RATELIMIT'), 'DELIVERY_BUSY', /./],
    [said('SUBREDDIT_NOTALLOWED', 'sr'), 'DELIVERY_REFUSED', /moderators/],
    [said('SUBMIT_VALIDATION_FLAIR_REQUIRED', 'flair'), 'DELIVERY_REFUSED', /flair/],
    [said('NEVER_SEEN', 'url'), 'DELIVERY_REFUSED', /Change the url/],
    [said('NEVER_SEEN'), 'DELIVERY_REFUSED', /Change what it objects to/],
  ])('%j with 200 is %s', (body, code, remedy) => {
    expect(errorsIn(body)).toHaveLength(1);
    const error = sort(body);
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(remedy);
    expect(error.message).not.toMatch(/undefined|\.\.$/);
  });

  it('takes a body without errors for none', () => {
    expect(errorsIn(answerTo('submit_selftext', '/api/submit/'))).toEqual([]);
    for (const body of [null, '', 'text', {}, { json: null }, []])
      expect(errorsIn(body)).toEqual([]);
  });

  it('shows why a subreddit refused', () => {
    const error = sort(answerTo('submit_invalid', '/api/submit/'), 400);
    expect(error).toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(error.message).toContain('You may not have "dfgfdgfdgdf" in your title.');
    expect(error.remedy).toContain('rules of its own');
    expect(sort({ reason: 'private', message: 'Forbidden', error: 403 }, 403).remedy).toMatch(
      /private/,
    );
  });

  it('knows when to come back', () => {
    const limited = sort({ message: 'Too Many Requests' }, 429, { 'x-ratelimit-reset': '12.5' });
    expect(limited).toMatchObject({ code: 'DELIVERY_BUSY', details: { until: now + 12_500 } });
    expect(sort(errorBody('RATELIMIT')).details.until).toBe(now + 120_000);
    expect(sort({}, 429).details.until).toBeUndefined();
  });

  it('is unknown where a post may be out', () => {
    expect(sort('<html>', 502).code).toBe('DELIVERY_UNKNOWN');
    expect(sort('<html>', 502, {}, false).code).toBe('DELIVERY_BUSY');
    expect(sort({ message: 'Unauthorized', error: 401 }, 401).code).toBe('CREDENTIALS_REFUSED');
  });

  it('tells a link that is there from other refusals', () => {
    expect(isAlreadyThere(sort(errorBody('ALREADY_SUB')))).toBe(true);
    expect(isAlreadyThere(sort(errorBody('TOO_LONG')))).toBe(false);
  });
});

it.each([
  ['You are doing that too much. Try again in 1 minute.', 2],
  ['you are doing that too much. try again in 9 minutes.', 10],
  ["Looks like you've been doing that a lot. Take a break for 5 seconds before trying again.", 0.1],
  ['Take a break for an hour before trying again.', 120],
  ['Try again in 2 hours.', 180],
  ['Too much.', 1],
])('%j is %d minutes', (message, minutes) => {
  expect(waitOf(message)).toBe(minutes * 60_000);
});
