import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './check.ts';
import { headline, measure, media, show } from './measure.ts';

const minute = 60_000;
const day = 1440 * minute;

const settings = z.strictObject({
  privacy: z
    .enum(['public', 'unlisted', 'private'])
    .optional()
    .describe('Who sees a video; public when absent. Projects Google has not verified: private'),
  category: z
    .string()
    .regex(/^\d+$/, 'the number of a category, in quotes')
    .optional()
    .describe('Number of the category; "22", People & Blogs, when absent'),
  madeForKids: z.boolean().optional().describe('Whether videos are made for kids; no when absent'),
  notify: z.boolean().optional().describe('Whether subscribers are told; yes when absent'),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, e.g. DE')
    .optional()
    .describe('Country whose trends are read; US when absent'),
});

/** A YouTube channel, through the Data API v3. */
export const youtube: Platform = {
  name: 'youtube',
  title: 'YouTube',
  notice:
    'Until Google has verified the project, videos stay private whatever is asked for. A project may upload 100 videos and search 100 times a day.',
  credentials: ['YOUTUBE_API'],
  needs: [
    ['YOUTUBE_ACCESS_TOKEN'],
    ['YOUTUBE_REFRESH_TOKEN', 'YOUTUBE_CLIENT_ID', 'YOUTUBE_CLIENT_SECRET'],
  ],
  oauth: {
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    scopes: ['https://www.googleapis.com/auth/youtube.force-ssl'],
    pkce: true,
    client: 'body',
    // Google gives a refresh token only when it is asked for, and a second one only after people agree anew.
    extra: { access_type: 'offline', prompt: 'consent' },
    renewal: { how: 'lasting' },
  },
  settings,
  // The upload that was begun is kept, and becomes one video.
  keyed: true,
  grace: minute,
  media,
  measure,
  refuses,
  show,
  headline,
  parts: { as: 'comments' },
  schedules: { min: 15 * minute, max: 365 * day },
  // Buckets of their own for uploads and searches; 10,000 units for the rest, of which writing costs 50 and reading 1.
  limits: {
    any: { requests: 10_000, per: day },
    publish: { requests: 100, per: day },
    search: { requests: 100, per: day },
    write: { requests: 200, per: day },
    read: { requests: 10_000, per: day },
  },
  // An upload of 4 Mbit/s.
  lasts: ({ parts }) => {
    const bytes = parts
      .flatMap((part) => part.media)
      .reduce((sum, each) => sum + each.bytes.length, 0);
    return 3 * minute + bytes / 500;
  },
  handles: handlesSince,
  async connect(account, surroundings) {
    const { YOUTUBE_API, YOUTUBE_ACCESS_TOKEN } = surroundings.credentials;
    if (!YOUTUBE_ACCESS_TOKEN && !surroundings.tokens)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'youtube',
        variables: 'YOUTUBE_ACCESS_TOKEN (`node jobs/auth.ts` does)',
      });
    const { connectYouTube } = await import('./connect.ts');
    const given = account as z.infer<typeof settings>;
    const all = {
      privacy: given.privacy ?? 'public',
      category: given.category ?? '22',
      madeForKids: given.madeForKids ?? false,
      notify: given.notify ?? true,
      region: given.region ?? 'US',
    } as const;
    return connectYouTube(all, YOUTUBE_API, YOUTUBE_ACCESS_TOKEN, surroundings);
  },
};
