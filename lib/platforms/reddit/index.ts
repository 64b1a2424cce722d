import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './check.ts';
import { limits, measure, media, show } from './measure.ts';

/**
 * Reddit, kept thin: it takes no new apps since November 2025 and has announced the end of its public API, requests for
 * new access until 31 October 2026, removals from 12 January 2027, the rest in March 2027. What has access works until
 * then.
 */
export const reddit: Platform = {
  name: 'reddit',
  title: 'Reddit',
  notice:
    'Reddit is closing its API: no new apps since November 2025, no new requests for access after 31 October 2026, removals from 12 January 2027, closed for all in March 2027.',
  credentials: ['REDDIT_API'],
  needs: [['REDDIT_ACCESS_TOKEN'], ['REDDIT_REFRESH_TOKEN', 'REDDIT_CLIENT_ID']],
  oauth: {
    authorize: 'https://www.reddit.com/api/v1/authorize',
    token: 'https://www.reddit.com/api/v1/access_token',
    scopes: ['identity', 'submit', 'edit', 'read', 'history', 'privatemessages', 'flair'],
    pkce: false,
    client: 'basic',
    extra: { duration: 'permanent' },
    renewal: { how: 'lasting' },
  },
  settings: z.strictObject({
    subreddit: z
      .string()
      .regex(/^\w{2,24}$/, 'the name alone, without r/')
      .describe('Where it posts, without `r/`; `u_` and a name for the own page'),
    flair: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe('Words of a flair, or the id of its template'),
  }),
  keyed: false,
  grace: 30_000,
  measure,
  refuses,
  show,
  media,
  parts: { as: 'comments' },
  headline: { limit: limits.title, unit: 'characters', required: true },
  linkCards: true,
  // 100 queries a minute for an app, averaged over ten minutes; one window for everything.
  limits: { any: { requests: 100, per: 60_000 } },
  handles: handlesSince,
  async connect(account, { credentials, tokens, fetch, now, meter }) {
    const { REDDIT_API, REDDIT_ACCESS_TOKEN: token } = credentials;
    if (!tokens && !token)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'Reddit',
        variables: 'REDDIT_ACCESS_TOKEN (`node jobs/auth.ts` does)',
      });
    const { connectReddit } = await import('./connect.ts');
    const { subreddit, flair } = account as { subreddit?: string; flair?: string };
    const elsewhere = REDDIT_API?.replace(/\/+$/, '');
    const api = elsewhere ?? 'https://oauth.reddit.com';
    const about = { tokens, token, api, elsewhere, fetch, now, meter };
    return connectReddit(about, { subreddit: subreddit ?? '', flair });
  },
};
