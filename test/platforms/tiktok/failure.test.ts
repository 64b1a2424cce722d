import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../lib/platforms/tiktok/call.ts';
import { codes, failReasons, isFailure, sorter } from '../../../lib/platforms/tiktok/failure.ts';
import { media } from '../../../lib/platforms/tiktok/measure.ts';
import { cutOf, nextPiece, pieceAt } from '../../../lib/platforms/tiktok/upload.ts';
import { errorCodes } from './fixture.ts';
import { errorOf } from './server.ts';
import { clip } from './world.ts';

const now = Date.UTC(2026, 10, 21);
const sort = sorter(() => now);
const answer = (status: number, body: unknown) => ({ status, body, headers: new Headers() });

describe('what an answer of TikTok means', () => {
  it('is known for every code and every reason of its pages', () => {
    const { fail_reason: reasons = [], '5xx': _, ...refusals } = errorCodes();
    expect(
      Object.values(refusals)
        .flat()
        .filter((code) => !(code in codes)),
    ).toEqual([]);
    expect(reasons.filter((reason) => !(reason in failReasons))).toEqual([]);
  });

  it.each([
    [401, 'access_token_invalid', 'CREDENTIALS_REFUSED', /Sign in anew/],
    [401, 'scope_not_authorized', 'CREDENTIALS_REFUSED', /grant/],
    [403, 'unaudited_client_can_only_post_to_private_accounts', 'DELIVERY_REFUSED', /SELF_ONLY/],
    [403, 'url_ownership_unverified', 'DELIVERY_REFUSED', /Verify/],
    [403, 'spam_risk_too_many_posts', 'DELIVERY_BUSY', /./],
    [429, 'rate_limit_exceeded', 'DELIVERY_BUSY', /./],
    [400, 'never_heard_of', 'DELIVERY_REFUSED', /./],
    [500, 'internal_error', 'DELIVERY_UNKNOWN', /./],
    // Success is said in words: a good status alone means nothing.
    [200, 'internal_error', 'DELIVERY_UNKNOWN', /./],
    [200, 'spam_risk_user_banned_from_posting', 'DELIVERY_REFUSED', /banned/],
  ])('%i %s is %s', (status, code, expected, remedy) => {
    const body = errorOf(code);
    expect(isFailure(answer(status, body))).toBe(true);
    const error = sort(answer(status, body), true);
    expect(error.code).toBe(expected);
    expect(error.remedy).toMatch(remedy);
    expect(error.message).toContain(code);
  });

  it('is a success when it says ok', () => {
    expect(isFailure(answer(200, errorOf('ok')))).toBe(false);
    expect(isFailure(answer(201, ''))).toBe(false);
  });

  it('says when to come back', () => {
    const until = sort(answer(429, errorOf('rate_limit_exceeded')), false).details.until;
    expect(until).toBe(now + 60_000);
  });
});

it('loses no digit of an id', () => {
  const text = '{"publicaly_available_post_id":[7543210987654321098],"uploaded_bytes":12,"x":1e3}';
  expect(readJson(text)).toEqual({
    publicaly_available_post_id: ['7543210987654321098'],
    uploaded_bytes: 12,
    x: 1000,
  });
});

it('cuts a video of any size as TikTok demands', () => {
  const size = fc.integer({ min: 1, max: media.video.bytes });
  fc.assert(
    fc.property(size, fc.nat({ max: media.video.bytes }), (length, arrived) => {
      // Only the length is asked for; the bytes would not fit.
      const cut = cutOf({ ...clip, bytes: { length } as Uint8Array });
      expect(cut.count).toBe(Math.floor(length / cut.chunk));
      expect(cut.count).toBeLessThanOrEqual(1000);
      if (cut.count > 1) expect(cut.chunk).toBeGreaterThanOrEqual(5_000_000);
      const [from, to] = pieceAt(cut, cut.count - 1);
      expect(to).toBe(length);
      expect(to - from).toBeLessThanOrEqual(64_000_000);
      const next = nextPiece(cut, arrived);
      if (arrived >= length) expect(next).toBe(cut.count);
      else expect(pieceAt(cut, next)[0]).toBeLessThanOrEqual(arrived);
    }),
  );
});
