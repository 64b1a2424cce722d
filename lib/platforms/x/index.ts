import { z } from 'zod';
import { fail } from '../../errors.ts';
import { hasVideo } from '../parts.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './compose.ts';
import { measure, media, poll, prices, wordsOf } from './measure.ts';

const quarter = 15 * 60_000;

/** X, spoken to by its API v2. */
export const x: Platform = {
  name: 'x',
  title: 'X',
  notice:
    'X charges for calls: 0.015 USD a post, 0.20 USD a post that holds a link, 0.005 USD for each post read. Apps may answer only those who mentioned or quoted the account.',
  credentials: [
    'X_API',
    'X_BEARER_TOKEN',
    'X_OAUTH1_APP_KEY',
    'X_OAUTH1_APP_SECRET',
    'X_OAUTH1_TOKEN',
    'X_OAUTH1_TOKEN_SECRET',
  ],
  needs: [
    ['X_ACCESS_TOKEN'],
    ['X_REFRESH_TOKEN', 'X_CLIENT_ID'],
    ['X_OAUTH1_APP_KEY', 'X_OAUTH1_APP_SECRET', 'X_OAUTH1_TOKEN', 'X_OAUTH1_TOKEN_SECRET'],
  ],
  oauth: {
    authorize: 'https://x.com/i/oauth2/authorize',
    token: 'https://api.x.com/2/oauth2/token',
    scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
    pkce: true,
    client: 'basic',
    renewal: { how: 'rotating' },
  },
  settings: z.strictObject({
    woeid: z
      .int()
      .positive()
      .optional()
      .describe('Where trends are asked for, a "where on earth" id; 1, the world, when absent'),
  }),
  keyed: false,
  // A server may still be working on a request whose connection we cut, and timelines lag behind.
  grace: 30_000,
  lasts: (outgoing) => (hasVideo(outgoing) ? 1_200_000 : 0),
  media,
  poll,
  measure,
  refuses,
  show: wordsOf,
  parts: { as: 'thread' },
  // docs.x.com, rate limits and pricing. Reads are charged by the posts they show, see `Said.spent`.
  limits: {
    publish: { requests: 100, per: quarter, price: prices.post },
    remove: { requests: 50, per: quarter, price: prices.remove },
    media: { requests: 500, per: quarter },
    mediaStatus: { requests: 1000, per: quarter },
    me: { requests: 75, per: quarter, price: prices.readOwn },
    own: { requests: 900, per: quarter },
    timeline: { requests: 900, per: quarter },
    mentions: { requests: 300, per: quarter },
    search: { requests: 300, per: quarter },
    user: { requests: 300, per: quarter },
    metrics: { requests: 900, per: quarter },
    trends: { requests: 75, per: quarter, price: prices.trends },
    stream: { requests: 50, per: quarter },
    streamRules: { requests: 100, per: quarter },
  },
  handles: handlesSince,
  async connect(account, { credentials, tokens, meter, fetch, now, cache }) {
    const { X_OAUTH1_APP_KEY, X_OAUTH1_APP_SECRET, X_OAUTH1_TOKEN, X_OAUTH1_TOKEN_SECRET } =
      credentials;
    const { X_ACCESS_TOKEN, X_BEARER_TOKEN } = credentials;
    const user = tokens
      ? { tokens }
      : X_ACCESS_TOKEN
        ? { token: X_ACCESS_TOKEN }
        : X_OAUTH1_APP_KEY && X_OAUTH1_APP_SECRET && X_OAUTH1_TOKEN && X_OAUTH1_TOKEN_SECRET
          ? {
              appKey: X_OAUTH1_APP_KEY,
              appSecret: X_OAUTH1_APP_SECRET,
              accessToken: X_OAUTH1_TOKEN,
              accessSecret: X_OAUTH1_TOKEN_SECRET,
            }
          : undefined;
    if (!user && !X_BEARER_TOKEN)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'X',
        variables:
          'X_ACCESS_TOKEN (`node jobs/auth.ts` does), or X_OAUTH1_APP_KEY, X_OAUTH1_APP_SECRET, X_OAUTH1_TOKEN and X_OAUTH1_TOKEN_SECRET',
      });
    const { connectX } = await import('./connect.ts');
    const { woeid } = account as { woeid?: number };
    const api = (credentials.X_API ?? 'https://api.x.com').replace(/\/+$/, '');
    return connectX(
      { user, bearer: X_BEARER_TOKEN, api, meter, woeid: woeid ?? 1 },
      { fetch, now, ...(cache && { cache }) },
    );
  },
};
