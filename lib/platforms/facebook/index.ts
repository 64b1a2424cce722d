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
  /** Id of the Page. */
  page: z
    .string()
    .regex(/^\d+$/, 'the number of the Page, in quotes')
    .describe('Number of the Page, in quotes'),
});

/** A Facebook Page, through Meta's Graph API. */
export const facebook: Platform = {
  name: 'facebook',
  title: 'Facebook',
  credentials: ['FACEBOOK_API', 'FACEBOOK_ACCESS_TOKEN'],
  needs: [['FACEBOOK_ACCESS_TOKEN']],
  settings,
  // A post is made unseen and its id kept; only then is it shown. Comments are found again by their words.
  keyed: true,
  grace: 30_000,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'comments' },
  linkCards: true,
  schedules: { min: 10 * minute, max: 30 * day },
  // 4800 calls a day for each person engaged with the Page; the headers tell when they are used up.
  limits: { any: { requests: 4800, per: day } },
  lasts: (outgoing) => (hasVideo(outgoing) ? 30 * minute : 3 * minute),
  handles: handlesSince,
  async connect(account, surroundings) {
    const { FACEBOOK_API, FACEBOOK_ACCESS_TOKEN } = surroundings.credentials;
    if (!FACEBOOK_ACCESS_TOKEN)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'facebook',
        variables: 'FACEBOOK_ACCESS_TOKEN',
      });
    // A token of an account knows it as `me`.
    const { page = 'me' } = settings.partial().safeParse({ page: account.page }).data ?? {};
    const { connectFacebook } = await import('./connect.ts');
    return connectFacebook(page, FACEBOOK_API, FACEBOOK_ACCESS_TOKEN, surroundings);
  },
};
