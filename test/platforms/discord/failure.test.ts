import { describe, expect, it } from 'vitest';
import { sortDiscord, sortLimited } from '../../../lib/platforms/discord/failure.ts';
import { recorded } from './server.ts';

describe('what Discord answers', () => {
  it.each([
    [401, 0, '401: Unauthorized', 'CREDENTIALS_REFUSED', 'DISCORD_BOT_TOKEN'],
    [403, 50001, 'Missing Access', 'DELIVERY_REFUSED', 'view the channel'],
    [403, 50013, 'Missing Permissions', 'DELIVERY_REFUSED', 'Send Messages'],
    [404, 10003, 'Unknown Channel', 'DELIVERY_REFUSED', '`channel`'],
    [413, 40005, 'Request entity too large', 'DELIVERY_REFUSED', 'boosts'],
    [400, 50006, 'Cannot send an empty message', 'DELIVERY_REFUSED', 'words'],
    [400, 200000, 'Message was blocked by automatic moderation', 'DELIVERY_REFUSED', 'AutoMod'],
    [400, 160002, 'Cannot reply without permission', 'DELIVERY_REFUSED', 'Read Message History'],
    [400, 240000, 'Message blocked by harmful links filter', 'DELIVERY_REFUSED', 'harmful'],
    [400, 50083, 'Thread is archived', 'DELIVERY_REFUSED', 'open it again'],
    [400, 12345, 'Something new', 'DELIVERY_REFUSED', 'objects'],
    [429, 20028, 'The write action has hit the limit', 'DELIVERY_BUSY', 'tried again'],
    [403, 130000, 'API resource is currently overloaded', 'DELIVERY_BUSY', 'tried again'],
    [500, 0, 'Internal Server Error', 'DELIVERY_UNKNOWN', '/pulse retry'],
  ])('%i with code %i, %s', (status, code, message, means, remedy) => {
    const found = sortDiscord({ status, code, message }, true);
    expect(found.code).toBe(means);
    expect(found.remedy).toContain(remedy);
  });

  it('is known not to be out when nothing could come of the request', () => {
    expect(sortDiscord({ status: 502, code: 0, message: 'Bad Gateway' }, false).code).toBe(
      'DELIVERY_BUSY',
    );
  });

  it('names the fields of a form', () => {
    const message =
      'Invalid Form Body\ncontent[BASE_TYPE_MAX_LENGTH]: Must be 2000 or fewer in length.';
    const found = sortDiscord({ status: 400, code: 50035, message }, true);
    expect(found.message).toContain('content[BASE_TYPE_MAX_LENGTH]: Must be 2000');
    const gone = 'Invalid Form Body\nmessage_reference[REPLIES_UNKNOWN_MESSAGE]: Unknown message';
    expect(sortDiscord({ status: 400, code: 50035, message: gone }, true).remedy).toContain(
      '`reply`',
    );
  });
});

describe('a limit', () => {
  const now = 1_800_000_000_000;
  it.each([
    ['error_429_user', 64_570, 'this bot'],
    ['error_429_shared', 1_336_570, 'the channel'],
    ['error_429_global', 64_570, 'all requests'],
  ])('%s holds for %i ms', (name, wait, what) => {
    const { headers, body } = recorded(name);
    const found = sortLimited(new Headers(headers), JSON.stringify(body), now);
    expect(found).toMatchObject({ code: 'DELIVERY_BUSY', details: { until: now + wait } });
    expect(found.message).toContain(what);
  });

  it('of a gateway in front, with a page for a body, is told by its header', () => {
    const found = sortLimited(new Headers({ 'retry-after': '600' }), '<html>1015</html>', now);
    expect(found.details.until).toBe(now + 600_000);
  });
});
