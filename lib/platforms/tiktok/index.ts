import { fail } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './check.ts';
import { type Settings, settings } from './compose.ts';
import { headline, measure, media, show } from './measure.ts';

const minute = 60_000;

/** TikTok, through the Content Posting API: videos and photos, which can be neither changed nor taken back by it. */
export const tiktok: Platform = {
  name: 'tiktok',
  title: 'TikTok',
  notice:
    'Until TikTok has audited the app, posts are seen by the account alone (`privacy: SELF_ONLY`). Photos are fetched from an address that the app has verified.',
  credentials: ['TIKTOK_API'],
  needs: [
    ['TIKTOK_ACCESS_TOKEN'],
    ['TIKTOK_REFRESH_TOKEN', 'TIKTOK_CLIENT_ID', 'TIKTOK_CLIENT_SECRET'],
  ],
  oauth: {
    authorize: 'https://www.tiktok.com/v2/auth/authorize/',
    token: 'https://open.tiktokapis.com/v2/oauth/token/',
    scopes: ['user.info.basic', 'video.publish', 'video.list'],
    separator: ',',
    pkce: false,
    client: 'body',
    clientIdName: 'client_key',
    renewal: { how: 'rotating' },
  },
  settings,
  // The upload that was begun is kept and becomes one post. Photos are out at once: `find` says so when it cannot tell.
  keyed: true,
  grace: minute,
  media,
  measure,
  refuses,
  show,
  headline,
  // For each token: 6 posts to begin, 30 questions how they stand, 20 what the account may do, a minute.
  limits: {
    publish: { requests: 6, per: minute },
    status: { requests: 30, per: minute },
    creator: { requests: 20, per: minute },
    read: { requests: 600, per: minute },
  },
  // An upload of 4 Mbit/s, and minutes of work at the other end.
  lasts: ({ parts }) => {
    const files = parts.flatMap((part) => part.media);
    return 10 * minute + files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 500;
  },
  handles: handlesSince,
  async connect(account, surroundings) {
    const { TIKTOK_API, TIKTOK_ACCESS_TOKEN } = surroundings.credentials;
    if (!TIKTOK_ACCESS_TOKEN && !surroundings.tokens)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'tiktok',
        variables: 'TIKTOK_ACCESS_TOKEN (`node jobs/auth.ts` does)',
      });
    const { connectTikTok } = await import('./connect.ts');
    const chosen = account as unknown as Settings;
    return connectTikTok(chosen, TIKTOK_API, TIKTOK_ACCESS_TOKEN, surroundings);
  },
};
