import { z } from 'zod';
import { fail } from '../../errors.ts';
import { hasVideo } from '../parts.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './check.ts';
import { measure, media, poll, show } from './measure.ts';

const minute = 60_000;
const day = 1440 * minute;

const settings = z.strictObject({
  /** Id of the Threads account; the one the token belongs to when absent. */
  user: z
    .string()
    .regex(/^\d+$/, 'the number of the Threads account, in quotes')
    .optional()
    .describe('Number of the Threads account, in quotes; that of the token when absent'),
});

/** A Threads account, through Meta's Threads API. */
export const threads: Platform = {
  name: 'threads',
  title: 'Threads',
  credentials: ['THREADS_API'],
  needs: [['THREADS_ACCESS_TOKEN']],
  oauth: {
    authorize: 'https://threads.net/oauth/authorize',
    token: 'https://graph.threads.net/oauth/access_token',
    scopes: [
      'threads_basic',
      'threads_content_publish',
      'threads_manage_insights',
      'threads_manage_replies',
      'threads_read_replies',
      'threads_keyword_search',
      'threads_manage_mentions',
      'threads_delete',
      'threads_profile_discovery',
    ],
    separator: ',',
    pkce: false,
    client: 'body',
    // Lives an hour, exchanged for one of 60 days that can be renewed once it is a day old.
    renewal: {
      how: 'exchange',
      url: 'https://graph.threads.net/refresh_access_token',
      grant: 'th_refresh_token',
      first: { url: 'https://graph.threads.net/access_token', grant: 'th_exchange_token' },
    },
  },
  settings,
  // A container is prepared and its id kept, then published.
  keyed: true,
  grace: 30_000,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'thread' },
  poll,
  linkCards: true,
  // Meta's overview: 250 posts, 1000 replies, 100 deletions, 2200 searches in 24 hours; calls at least 48,000.
  limits: {
    publish: { requests: 250, per: day },
    reply: { requests: 1000, per: day },
    any: { requests: 48_000, per: day },
    search: { requests: 2200, per: day },
    remove: { requests: 100, per: day },
  },
  lasts: (outgoing) => (hasVideo(outgoing) ? 15 * minute : 5 * minute),
  handles: handlesSince,
  async connect(account, surroundings) {
    const { THREADS_API, THREADS_ACCESS_TOKEN } = surroundings.credentials;
    if (!THREADS_ACCESS_TOKEN && !surroundings.tokens)
      throw fail('CREDENTIALS_MISSING', { platform: 'threads', variables: 'THREADS_ACCESS_TOKEN' });
    const { user } = settings.parse(account.user === undefined ? {} : { user: account.user });
    const { connectThreads } = await import('./connect.ts');
    return connectThreads(user ?? 'me', THREADS_API, THREADS_ACCESS_TOKEN, surroundings);
  },
};
