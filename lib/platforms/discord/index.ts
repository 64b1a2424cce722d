import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Outgoing } from '../outgoing.ts';
import type { Platform } from '../platform.ts';
import { refuses } from './check.ts';
import { show } from './markdown.ts';
import { measure, media, poll } from './measure.ts';
import { handles } from './snowflake.ts';

/** Discord, through a bot that may write in one channel. */
export const discord: Platform = {
  name: 'discord',
  title: 'Discord',
  credentials: ['DISCORD_API', 'DISCORD_BOT_TOKEN'],
  needs: [['DISCORD_BOT_TOKEN']],
  settings: z.strictObject({
    channel: z
      .string()
      .regex(/^\d{17,20}$/, 'an id in quotes, e.g. "1234567890123456789"')
      .describe('Id of the channel to post in, in quotes (Developer Mode, "Copy Channel ID")'),
  }),
  // For a few minutes; then `find` tells for sure.
  keyed: true,
  grace: 15_000,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'thread' },
  poll,
  linkCards: true,
  // Five messages in five seconds a channel, as its headers say; fifty requests a second over all.
  limits: {
    publish: { requests: 5, per: 5_000 },
    remove: { requests: 5, per: 1_000 },
    edit: { requests: 5, per: 5_000 },
    any: { requests: 50, per: 1_000 },
  },
  handles,
  lasts: (outgoing) => 60_000 + bytesOf(outgoing) / slowest,
  async connect(account, { credentials, fetch, now, meter, cache }) {
    const { DISCORD_API: address, DISCORD_BOT_TOKEN: token } = credentials;
    if (!token)
      throw fail('CREDENTIALS_MISSING', { platform: 'discord', variables: 'DISCORD_BOT_TOKEN' });
    const { connectDiscord } = await import('./connect.ts');
    const channel = typeof account.channel === 'string' ? account.channel : '';
    return connectDiscord({ channel, token, address, fetch, now, meter, cache });
  },
};

/** Bytes a millisecond of an upload that we still wait for. */
const slowest = 250;

function bytesOf({ parts }: Outgoing): number {
  const sizes = parts.map(({ media: files }) =>
    files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  return Math.max(0, ...sizes);
}
