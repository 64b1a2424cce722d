import { describe, expect, it } from 'vitest';
import { sortTelegram } from '../../../lib/platforms/telegram/failure.ts';
import { recordedError } from './server.ts';

const now = 1_800_000_000_000;
const sort = (error_code: number, description: string, acting = true, parameters = {}) =>
  sortTelegram({ error_code, description, parameters }, acting, now);

describe('what Telegram answers', () => {
  it.each([
    ['400_chat_not_found', 'DELIVERY_REFUSED', '`chat`'],
    ['400_message_not_modified', 'DELIVERY_REFUSED', undefined],
    ['400_text_too_long', 'DELIVERY_REFUSED', '4,096'],
    ['401', 'CREDENTIALS_REFUSED', '@BotFather'],
    ['403_kicked', 'DELIVERY_REFUSED', 'Add the bot'],
    ['409_getupdates_conflict', 'DELIVERY_REFUSED', undefined],
    ['429', 'DELIVERY_BUSY', undefined],
  ])('%s means %s', (name, code, remedy) => {
    const { body } = recordedError(name);
    const found = sortTelegram(body as unknown as Parameters<typeof sortTelegram>[0], true, now);
    expect(found.code).toBe(code);
    if (remedy !== undefined) expect(found.remedy).toContain(remedy);
    if (name === '429') expect(found.details.until).toBe(now + 35_000);
  });

  it.each([
    [404, 'Not Found', 'CREDENTIALS_REFUSED', '@BotFather'],
    [
      400,
      'Bad Request: not enough rights to send text messages to the chat',
      'DELIVERY_REFUSED',
      'administrator',
    ],
    [
      400,
      'Bad Request: need administrator rights in the channel chat',
      'DELIVERY_REFUSED',
      'administrator',
    ],
    [403, 'Forbidden: bot is not a member of the channel chat', 'DELIVERY_REFUSED', 'Add the bot'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'DELIVERY_REFUSED', 'Add the bot'],
    [400, 'Bad Request: message to be replied not found', 'DELIVERY_REFUSED', '`reply`'],
    [400, 'Bad Request: message caption is too long', 'DELIVERY_REFUSED', '1,024'],
    [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', 'DELIVERY_REFUSED', 'Replace the image'],
    [413, 'Request Entity Too Large', 'DELIVERY_REFUSED', 'smaller'],
    [400, "Bad Request: message can't be deleted for everyone", 'DELIVERY_REFUSED', '48 hours'],
  ])('%i %s', (status, description, code, remedy) => {
    const found = sort(status, description);
    expect(found.code).toBe(code);
    expect(found.remedy).toContain(remedy);
  });

  it('names the new number of a group that has moved', () => {
    const moved = { migrate_to_chat_id: -1001 };
    const text = 'Bad Request: group chat was upgraded to a supergroup chat';
    expect(sort(400, text, true, moved).remedy).toContain('-1001');
  });

  it('cannot tell after an error of its own, unless nothing could come of it', () => {
    expect(sort(500, 'Internal Server Error', true).code).toBe('DELIVERY_UNKNOWN');
    expect(sort(500, 'Internal Server Error', false).code).toBe('DELIVERY_BUSY');
  });
});
