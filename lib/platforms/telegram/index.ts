import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Outgoing } from '../outgoing.ts';
import type { Platform } from '../platform.ts';
import { refuses } from './check.ts';
import { measure, media, poll, show } from './measure.ts';

/** Telegram, through a bot that may post in one chat: a channel, a group or a person. */
export const telegram: Platform = {
  name: 'telegram',
  title: 'Telegram',
  credentials: ['TELEGRAM_API', 'TELEGRAM_BOT_TOKEN'],
  needs: [['TELEGRAM_BOT_TOKEN']],
  settings: z.strictObject({
    chat: z
      .union([
        z
          .string()
          .regex(/^(@\w{4,32}|-?\d{1,19})$/, '@name of a channel or group, in quotes, or a number'),
        z.number().int(),
      ])
      .describe('Where to post: `@name` of a public channel or group, or the number of a chat'),
  }),
  // No key, and no history that a bot could read.
  keyed: false,
  grace: 15_000,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'thread' },
  poll,
  linkCards: true,
  // Bots FAQ: about 20 messages a minute to one group, 30 a second overall.
  limits: {
    publish: { requests: 20, per: 60_000 },
    remove: { requests: 30, per: 1_000 },
    edit: { requests: 20, per: 60_000 },
    any: { requests: 30, per: 1_000 },
  },
  lasts: (outgoing) => 60_000 + bytesOf(outgoing) / slowest,
  async connect(account, { credentials, fetch, now, meter }) {
    const { TELEGRAM_API: address, TELEGRAM_BOT_TOKEN: token } = credentials;
    if (!token)
      throw fail('CREDENTIALS_MISSING', { platform: 'telegram', variables: 'TELEGRAM_BOT_TOKEN' });
    const { connectTelegram } = await import('./connect.ts');
    const chat = chatOf(account.chat);
    return connectTelegram({ chat, token, address, fetch, now, meter });
  },
};

const chatOf = (chat: unknown) =>
  typeof chat === 'string' || typeof chat === 'number' ? String(chat) : '';

/** Bytes a millisecond of an upload that we still wait for. */
const slowest = 250;

function bytesOf({ parts }: Outgoing): number {
  const sizes = parts.flatMap((part) => part.media.map(({ bytes }) => bytes.length));
  return Math.max(0, ...sizes);
}
