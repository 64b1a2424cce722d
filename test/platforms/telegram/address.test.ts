import { describe, expect, it } from 'vitest';
import {
  answeredBy,
  messagesOf,
  receiptOf,
  urlOf,
} from '../../../lib/platforms/telegram/address.ts';

describe('addresses of messages', () => {
  it.each([
    ['https://t.me/thedesk/12', { message_id: 12, chat_id: '@thedesk' }],
    ['t.me/thedesk/7/12?single', { message_id: 12, chat_id: '@thedesk' }],
    ['https://t.me/c/1234/12', { message_id: 12, chat_id: -1001234 }],
    ['-1001234/12', { message_id: 12, chat_id: -1001234 }],
    ['@ours/12', { message_id: 12 }],
    ['https://t.me/Ours/12', { message_id: 12 }],
    ['12', { message_id: 12 }],
    ['https://example.com/12', undefined],
    ['', undefined],
  ])('%s', (reply, answered) => {
    expect(answeredBy(reply, '@ours')).toEqual(answered);
  });

  it('are there for channels and supergroups alone', () => {
    const at = (id: number, username?: string) =>
      urlOf({ message_id: 5, chat: { id, ...(username !== undefined && { username }) } });
    expect(at(-1001234, 'thedesk')).toBe('https://t.me/thedesk/5');
    expect(at(-1001234)).toBe('https://t.me/c/1234/5');
    expect(at(-99)).toBeUndefined();
    expect(at(99, 'someone')).toBeUndefined();
  });

  it('of an album name every message', () => {
    const album = [5, 6, 7].map((message_id) => ({ message_id, chat: { id: -1001234 } }));
    const receipt = receiptOf(0, album, 1);
    expect(receipt.id).toBe('-1001234/5');
    expect(messagesOf(receipt)).toEqual({ chat: '-1001234', ids: [5, 6, 7] });
  });
});
