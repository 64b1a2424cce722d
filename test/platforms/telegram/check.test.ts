import { describe, expect, it } from 'vitest';
import type { Recorded } from '../host.ts';
import { telegramCheck } from './check.ts';

const check = telegramCheck();
const json = (method: string, body: unknown): Recorded => ({
  method: 'POST',
  path: `/botTOKEN/${method}`,
  query: new URLSearchParams(),
  headers: { 'content-type': 'application/json' },
  body,
});

describe('the check against the Bot API', () => {
  it('lets pass what is right', () => {
    const entities = [{ type: 'bold', offset: 0, length: 2 }];
    expect(check(json('sendMessage', { chat_id: '@desk', text: 'Hi', entities }))).toEqual([]);
    const form = json('sendPhoto', { chat_id: '@desk', photo: 'attach://a', a: { name: 'a.png' } });
    const multipart = { ...form, headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    expect(check(multipart)).toEqual([]);
  });

  it.each([
    ['a method that is none', 'sendWords', {}],
    ['a field that is none', 'sendMessage', { chat_id: 1, text: 'Hi', entites: [] }],
    ['a field that is missing', 'sendMessage', { chat_id: 1 }],
    ['a type', 'sendMessage', { chat_id: 1, text: 5 }],
    [
      'a type within',
      'sendMessage',
      { chat_id: 1, text: 'Hi', entities: [{ type: 'bold', offset: '0', length: 1 }] },
    ],
    ['a text that is too long', 'sendMessage', { chat_id: 1, text: 'x'.repeat(4097) }],
    [
      'a caption that is too long',
      'sendPhoto',
      { chat_id: 1, photo: 'x', caption: 'x'.repeat(1025) },
    ],
    ['an album of one', 'sendMediaGroup', { chat_id: 1, media: [{ type: 'photo', media: 'x' }] }],
  ])('finds %s', (_, method, body) => {
    expect(check(json(method, body)).length).toBeGreaterThan(0);
  });
});
