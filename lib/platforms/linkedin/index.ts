import { z } from 'zod';
import { fail } from '../../errors.ts';
import { hasVideo } from '../parts.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './check.ts';
import type { Settings } from './connect.ts';
import { isMember } from './urn.ts';
import { measure, media, poll, show } from './measure.ts';

const minute = 60_000;
const day = 1440 * minute;

const settings = z.strictObject({
  author: z
    .string()
    .regex(
      /^urn:li:(?:person:[\w-]+|organization:\d+)$/,
      'must be urn:li:person:<id> or urn:li:organization:<number>',
    )
    .describe('Who speaks: a member or an organization; `node jobs/accounts.ts` shows the member'),
  visibility: z
    .enum(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN'])
    .optional()
    .describe('Who sees it; PUBLIC when absent'),
  reads: z
    .boolean()
    .optional()
    .describe('Whether the app may list the posts of a member (r_member_social, rarely granted)'),
});

/** LinkedIn: a member's or an organization's posts, through the versioned REST API. */
export const linkedin: Platform = {
  name: 'linkedin',
  title: 'LinkedIn',
  notice:
    'Whether a post is out can be asked for organizations alone: LinkedIn lets hardly any app list the posts of a member. Most apps get no refresh token: sign in anew every 60 days.',
  credentials: ['LINKEDIN_API'],
  needs: [
    ['LINKEDIN_ACCESS_TOKEN'],
    ['LINKEDIN_REFRESH_TOKEN', 'LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET'],
  ],
  oauth: {
    authorize: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    scopes: ['openid', 'profile', 'w_member_social'],
    // Granted on request ("Community Management API"); an app that asks for what it was not granted is turned away.
    scopesFor: ({ author, reads }) =>
      String(author).startsWith('urn:li:organization:')
        ? ['w_organization_social', 'r_organization_social', 'rw_organization_admin']
        : ['openid', 'profile', 'w_member_social', ...(reads === true ? ['r_member_social'] : [])],
    pkce: false,
    client: 'body',
    // Access lasts 60 days; only approved partners are given a refresh token, good for 365 days from the first sign-in.
    renewal: { how: 'lasting' },
  },
  settings,
  keyed: false,
  // Lists of posts are a moment behind.
  grace: minute,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'comments' },
  poll,
  linkCards: true,
  // 150 posts a day for a member, by third parties; LinkedIn tells its other limits in the developer portal alone.
  limits: {
    publish: { requests: 150, per: day },
    reply: { requests: 500, per: day },
    media: { requests: 1000, per: day },
    read: { requests: 500, per: day },
    remove: { requests: 100, per: day },
  },
  lasts: (outgoing) => (hasVideo(outgoing) ? 30 * minute : 3 * minute),
  handles: handlesSince,
  async connect(account, surroundings) {
    const { LINKEDIN_API, LINKEDIN_ACCESS_TOKEN } = surroundings.credentials;
    if (!LINKEDIN_ACCESS_TOKEN && !surroundings.tokens)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'linkedin',
        variables: 'LINKEDIN_ACCESS_TOKEN (`node jobs/auth.ts` does)',
      });
    const { author = '', visibility = 'PUBLIC', reads } = account as Partial<Settings>;
    const { connectLinkedIn } = await import('./connect.ts');
    const given = { author, visibility, reads: reads ?? !isMember(author) };
    return connectLinkedIn(given, LINKEDIN_API, LINKEDIN_ACCESS_TOKEN, surroundings);
  },
};
