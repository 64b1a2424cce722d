import { z } from 'zod';
import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';
import type { Answer } from '../http.ts';
import { addressOf, postUrnIn } from './urn.ts';

const envelope = z.object({
  message: z.string().default('it said nothing'),
  code: z.string().optional(),
  serviceErrorCode: z.number().optional(),
});

const rights = 'Sign in anew with an account that may post there, then `/pulse retry`.';

/** What helps, by `code`. Source: "Error handling" and "API authentication" of learn.microsoft.com. */
const remedies: Readonly<Record<string, string>> = {
  NONEXISTENT_VERSION: 'LinkedIn has retired the version this program speaks: install a newer one.',
  VERSION_MISSING: 'LinkedIn has retired the version this program speaks: install a newer one.',
  MEDIA_ASSET_PROCESSING_FAILED: 'LinkedIn cannot read the file; export it anew, `/pulse retry`.',
  MEDIA_ASSET_WAITING_UPLOAD: 'The file did not arrive whole: `/pulse retry`.',
};

const day = 86_400_000;

/** Limits of a day begin anew at midnight UTC. */
export const nextDay = (now: number): number => (Math.floor(now / day) + 1) * day;

/** Sorts LinkedIn's answers. */
export function sorter(now: () => number) {
  return ({ status, body, headers }: Answer, acting: boolean): PulseError => {
    const platform = 'LinkedIn';
    const { message: said, code } = envelope.safeParse(body).data ?? { message: bare(body) };
    const message = `${veil(said)}${code === undefined ? '' : ` (${code})`}`;
    const remedy = code === undefined ? undefined : remedies[code];
    if (status === 403)
      return fail('CREDENTIALS_REFUSED', { platform, status, message, remedy: remedy ?? rights });
    if (status === 429) {
      const seconds = Number(headers.get('retry-after') ?? NaN);
      const until = Number.isFinite(seconds) ? now() + seconds * 1000 : nextDay(now());
      return fail('DELIVERY_BUSY', { platform, status, message, until });
    }
    const twin = duplicateIn({ status, body });
    if (twin !== undefined)
      return fail('DELIVERY_REFUSED', {
        platform,
        status,
        message,
        remedy: 'LinkedIn has just this post already: change the words, then `/pulse retry`.',
        link: addressOf(twin),
      });
    return sortAnswer(platform, { status, message, remedy }, acting);
  };
}

/** URN of the live post that an answer says ours is a duplicate of. */
export function duplicateIn({ status, body }: Pick<Answer, 'status' | 'body'>): string | undefined {
  if (status !== 422 && status !== 400 && status !== 409) return undefined;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return /duplicate/i.test(text) ? postUrnIn(text) : undefined;
}

function bare(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const line = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return line.trim().slice(0, 200) || 'it said nothing';
}

/** Without its full stop, and without a token that it may repeat. */
function veil(message: string): string {
  return message.replace(/\bAQ[\w-]{20,}/g, '[token]').replace(/[.\s]+$/, '');
}
