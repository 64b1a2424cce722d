import { z } from 'zod';
import { fail } from '../../errors.ts';
import { hasVideo } from '../parts.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './check.ts';
import { measure, media, show } from './measure.ts';

const minute = 60_000;
const day = 1440 * minute;

const settings = z.strictObject({
  /** Id of the professional account. */
  user: z
    .string()
    .regex(/^\d+$/, 'the number of the Instagram account, in quotes')
    .describe('Number of the Instagram account, in quotes'),
});

/** A professional Instagram account, through Meta's Graph API. */
export const instagram: Platform = {
  name: 'instagram',
  title: 'Instagram',
  credentials: ['INSTAGRAM_API'],
  needs: [['INSTAGRAM_ACCESS_TOKEN']],
  oauth: {
    authorize: 'https://www.instagram.com/oauth/authorize',
    token: 'https://api.instagram.com/oauth/access_token',
    scopes: [
      'instagram_business_basic',
      'instagram_business_content_publish',
      'instagram_business_manage_comments',
      'instagram_business_manage_insights',
    ],
    separator: ',',
    pkce: false,
    client: 'body',
    // Lives 60 days; can be renewed once it is a day old.
    renewal: {
      how: 'exchange',
      url: 'https://graph.instagram.com/refresh_access_token',
      grant: 'ig_refresh_token',
      first: { url: 'https://graph.instagram.com/access_token', grant: 'ig_exchange_token' },
    },
  },
  settings,
  // A container is prepared and its id kept, then published; comments are found again by their words.
  keyed: true,
  grace: 30_000,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'comments' },
  // Posts: the account's own number is read by `whoami`. Calls: 4800 for each person who saw something, at least.
  limits: {
    publish: { requests: 100, per: day },
    media: { requests: 400, per: day },
    any: { requests: 4800, per: day },
  },
  lasts: (outgoing) => (hasVideo(outgoing) ? 15 * minute : 5 * minute),
  handles: handlesSince,
  async connect(account, surroundings) {
    const { INSTAGRAM_API, INSTAGRAM_ACCESS_TOKEN } = surroundings.credentials;
    if (!INSTAGRAM_ACCESS_TOKEN && !surroundings.tokens)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'instagram',
        variables: 'INSTAGRAM_ACCESS_TOKEN',
      });
    // A token of an account knows it as `me`.
    const { user = 'me' } = settings.partial().safeParse({ user: account.user }).data ?? {};
    const { connectInstagram } = await import('./connect.ts');
    return connectInstagram(user, INSTAGRAM_API, INSTAGRAM_ACCESS_TOKEN, surroundings);
  },
};
