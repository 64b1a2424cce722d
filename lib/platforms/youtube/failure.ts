import { z } from 'zod';
import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';
import type { Answer } from '../http.ts';
import type { Said } from '../meter.ts';
import { nextReset } from './reset.ts';

const envelope = z.object({
  error: z.union([
    z.object({
      message: z.string().default('it said nothing'),
      errors: z.array(z.object({ reason: z.string().optional() })).default([]),
      status: z.string().optional(),
    }),
    z.string().transform((message) => ({ message, errors: [], status: undefined })),
  ]),
});

interface Known {
  as: 'refused' | 'quota' | 'minute' | 'day' | 'credentials';
  remedy?: string;
}

const anew =
  'Sign in anew with `node jobs/auth.ts` and grant what it asks for, then `/pulse retry`.';

/** What YouTube's reasons mean and what helps. Source: "Errors" and the pages of each method, YouTube Data API. */
export const reasons: Readonly<Record<string, Known>> = {
  quotaExceeded: { as: 'quota' },
  dailyLimitExceeded: { as: 'quota' },
  rateLimitExceeded: { as: 'minute' },
  userRateLimitExceeded: { as: 'minute' },
  uploadLimitExceeded: { as: 'day' },
  uploadRateLimitExceeded: { as: 'day' },
  authError: { as: 'credentials' },
  authorizationRequired: { as: 'credentials', remedy: anew },
  insufficientPermissions: { as: 'credentials', remedy: anew },
  forbidden: { as: 'credentials', remedy: anew },
  accountClosed: { as: 'credentials', remedy: 'The Google account is closed.' },
  accountSuspended: {
    as: 'credentials',
    remedy: 'The channel is suspended; see studio.youtube.com.',
  },
  accessNotConfigured: {
    as: 'credentials',
    remedy: 'Switch on "YouTube Data API v3" for the project at console.cloud.google.com.',
  },
  youtubeSignupRequired: {
    as: 'credentials',
    remedy: 'This Google account has no channel yet: make one at youtube.com, then `/pulse retry`.',
  },
  invalidTitle: {
    as: 'refused',
    remedy: 'Give a title of at most 100 characters without < and >.',
  },
  invalidDescription: {
    as: 'refused',
    remedy: 'Shorten the text to 5000 bytes without < and >, then `/pulse retry`.',
  },
  invalidTags: { as: 'refused', remedy: 'Use fewer hashtags: all together 500 characters.' },
  invalidPublishAt: { as: 'refused', remedy: 'Give a time that is still to come.' },
  invalidCategoryId: { as: 'refused', remedy: 'Correct `category` of the account in the profile.' },
  invalidFilename: { as: 'refused', remedy: 'Give the file another name.' },
  commentsDisabled: { as: 'refused', remedy: 'Comments are off below this video.' },
};

/** The reason an answer gives, if it is one of Google's errors. */
export function reasonOf(body: unknown): string | undefined {
  return envelope.safeParse(body).data?.error.errors[0]?.reason;
}

/** Sorts YouTube's answers. */
export function sorter(now: () => number) {
  return ({ status, body, headers }: Answer, acting: boolean): PulseError => {
    const platform = 'YouTube';
    const error = envelope.safeParse(body).data?.error;
    if (!error) return sortAnswer(platform, { status, message: bare(body) }, acting);
    const reason = error.errors[0]?.reason;
    const denied = error.status === 'PERMISSION_DENIED' && status === 403;
    const known =
      reasons[reason ?? ''] ?? (denied ? { as: 'credentials', remedy: anew } : undefined);
    const message = `${plain(error.message)}${reason === undefined ? '' : ` (${reason})`}`;
    const { remedy } = known ?? {};
    const about = { platform, status, message, ...(remedy !== undefined && { remedy }) };
    switch (known?.as) {
      case 'credentials':
        return fail('CREDENTIALS_REFUSED', about);
      case 'refused':
        return fail('DELIVERY_REFUSED', about);
      case 'quota':
        return fail('DELIVERY_BUSY', { ...about, until: nextReset(now()) });
      case 'minute':
        return fail('DELIVERY_BUSY', { ...about, until: now() + 60_000 });
      case 'day':
        return fail('DELIVERY_BUSY', { ...about, until: now() + 86_400_000 });
      case undefined: {
        const seconds = Number(headers.get('retry-after') ?? NaN);
        const until = Number.isFinite(seconds) ? now() + seconds * 1000 : now() + 60_000;
        return sortAnswer(platform, { status, message, until }, acting);
      }
    }
  };
}

/** YouTube tells of its quota only when nothing is left. */
export function said({ body, status }: Answer, now: () => number): Omit<Said, 'status'> {
  const as = status < 400 ? undefined : reasons[reasonOf(body) ?? '']?.as;
  if (as === 'quota') return { remaining: 0, reset: nextReset(now()) };
  return as === 'minute' ? { remaining: 0, reset: now() + 60_000 } : {};
}

const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');

function bare(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return plain(text).trim().slice(0, 200) || 'it said nothing';
}
