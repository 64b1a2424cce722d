import { describe, expect, it } from 'vitest';
import { limitsOf, sortMastodon } from '../../../lib/platforms/mastodon/failure.ts';
import { recorded } from './fixture.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  body,
  headers: new Headers(headers),
});
const sort = (status: number, body: unknown, acting: boolean, headers = {}) =>
  sortMastodon('https://mastodon.example', answer(status, body, headers), acting);

describe('what an answer of Mastodon means', () => {
  it.each<[string, number, unknown, boolean, string]>([
    ['a text that is too long', 422, { error: 'Validation failed' }, true, 'DELIVERY_REFUSED'],
    ['a parent that is gone', 404, { error: 'Record not found' }, true, 'DELIVERY_REFUSED'],
    ['a file that is too large', 413, '<html>', false, 'DELIVERY_REFUSED'],
    [
      'a token that ended',
      401,
      { error: 'The access token is invalid' },
      true,
      'CREDENTIALS_REFUSED',
    ],
    [
      'a token without the right',
      403,
      { error: 'outside the authorized scopes' },
      true,
      'CREDENTIALS_REFUSED',
    ],
    ['a limit', 429, { error: 'Too many requests' }, true, 'DELIVERY_BUSY'],
    ['an instance that rests, before the act', 503, '', false, 'DELIVERY_BUSY'],
    ['an instance that rests, in the act', 503, '', true, 'DELIVERY_UNKNOWN'],
  ])('%s', (_name, status, body, acting, code) => {
    expect(sort(status, body, acting)).toMatchObject({ code });
  });

  it('repeats what was said, and says what helps and where', () => {
    const error = sort(403, { error: 'This action is outside the authorized scopes' }, true);
    expect(error.message).toContain('outside the authorized scopes');
    expect(error.remedy).toContain('`write`');
    expect(error.details).toMatchObject({ link: 'https://mastodon.example/settings/applications' });
    expect(sort(422, '<html>x</html>', true).message).not.toContain('html');
  });

  it('tells when a limit ends from the recorded headers', () => {
    const { headers } = recorded('status_post_public')[0]!.response;
    const said = limitsOf(answer(200, {}, headers));
    const reset = Date.parse('2026-08-01T15:00:00.627Z');
    expect(said).toEqual({ limit: 300, remaining: 216, reset });
    expect(sort(429, {}, true, headers).details).toMatchObject({ until: reset });
    expect(limitsOf(answer(200, {}, { 'x-ratelimit-reset': 'soon' }))).toEqual({});
  });
});
