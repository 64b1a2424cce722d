import { z } from 'zod';
import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';
import type { Answer } from '../http.ts';

const envelope = z.object({
  error: z.object({ code: z.string(), message: z.string().default('') }),
});

interface Known {
  as: 'refused' | 'minute' | 'hours' | 'credentials';
  remedy?: string;
  link?: string;
}

const help = 'https://developers.tiktok.com/doc/content-posting-api-reference-direct-post';
const audit = 'https://developers.tiktok.com/doc/content-sharing-guidelines';

/** What TikTok's codes mean and what helps. Source: "Error codes" of the Content Posting API's pages. */
export const codes: Readonly<Record<string, Known>> = {
  rate_limit_exceeded: { as: 'minute' },
  spam_risk_too_many_posts: { as: 'hours' },
  spam_risk_too_many_pending_share: { as: 'hours' },
  reached_active_user_cap: { as: 'hours' },
  access_token_invalid: { as: 'credentials' },
  scope_not_authorized: {
    as: 'credentials',
    remedy:
      'Sign in anew with `node jobs/auth.ts` and grant what it asks for, then `/pulse retry`.',
  },
  token_not_authorized_for_specified_publish_id: { as: 'credentials' },
  spam_risk_user_banned_from_posting: {
    as: 'refused',
    remedy: 'TikTok has banned the account from posting; look into the app why.',
  },
  unaudited_client_can_only_post_to_private_accounts: {
    as: 'refused',
    remedy:
      'Until TikTok has audited the app, set `privacy: SELF_ONLY` and make the account private.',
    link: audit,
  },
  url_ownership_unverified: {
    as: 'refused',
    remedy: 'Verify the address of PULSE_MEDIA_URL for the app at developers.tiktok.com.',
    link: 'https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide',
  },
  privacy_level_option_mismatch: {
    as: 'refused',
    remedy: 'Set `privacy` of the account to one that TikTok offers it now.',
    link: help,
  },
  app_version_check_failed: { as: 'refused', remedy: 'The account needs a newer TikTok app.' },
  invalid_param: { as: 'refused', link: help },
  invalid_publish_id: { as: 'refused' },
};

const format = 'Use an MP4 or MOV with H.264, 23 to 60 frames a second, then `/pulse retry`.';
const address = 'Look whether PULSE_MEDIA_URL can be reached from outside, then `/pulse retry`.';
const spam = 'TikTok takes it for spam: change the words, then `/pulse retry`.';

/** Why a post failed while TikTok worked on it ("Get Post Status"), and what helps; `again`: the same may pass later. */
export const failReasons: Readonly<Record<string, { remedy?: string; again?: true }>> = {
  file_format_check_failed: { remedy: format },
  duration_check_failed: { remedy: 'The video is too long or too short for this account.' },
  frame_rate_check_failed: { remedy: format },
  picture_size_check_failed: { remedy: 'Use pictures of 1080p at most and at least 360 pixels.' },
  internal: { again: true },
  video_pull_failed: { remedy: address },
  photo_pull_failed: { remedy: address },
  publish_cancelled: { remedy: 'Somebody cancelled it; `/pulse retry` begins anew.' },
  auth_removed: { remedy: 'The account took the permission back: sign in anew.' },
  spam_risk_too_many_posts: { again: true },
  spam_risk_user_banned_from_posting: {
    remedy: 'TikTok has banned the account from posting; look into the app why.',
  },
  spam_risk_text: { remedy: spam },
  spam_risk: { remedy: spam },
};

/** The code of an answer, `ok` included, if it is one of TikTok's. */
export function codeOf(body: unknown): string | undefined {
  return envelope.safeParse(body).data?.error.code;
}

/** TikTok says `ok` in words, not by the status. */
export function isFailure({ body }: Answer): boolean {
  const code = codeOf(body);
  return code !== undefined && code !== 'ok';
}

/** A day's limit is told without saying when it ends; looked at again after this long, ms. */
const hours = 6 * 3_600_000;

/** Sorts TikTok's answers. */
export function sorter(now: () => number) {
  return ({ status, body }: Answer, acting: boolean): PulseError => {
    const platform = 'TikTok';
    const error = envelope.safeParse(body).data?.error;
    if (!error) return sortAnswer(platform, { status, message: bare(body) }, acting);
    const { as, remedy, link } = codes[error.code] ?? {};
    const message = `${error.message.replace(/[.\s]+$/, '') || 'it said no more'} (${error.code})`;
    const about = {
      platform,
      status,
      message,
      ...(remedy !== undefined && { remedy }),
      ...(link !== undefined && { link }),
    };
    if (as === 'credentials') return fail('CREDENTIALS_REFUSED', about);
    if (as === 'refused') return fail('DELIVERY_REFUSED', about);
    if (as === 'minute') return fail('DELIVERY_BUSY', { ...about, until: now() + 60_000 });
    if (as === 'hours') return fail('DELIVERY_BUSY', { ...about, until: now() + hours });
    // What is no success and has no status of one, e.g. `internal_error` with 200.
    const told = status < 400 ? 500 : status;
    return sortAnswer(platform, { status: told, message, until: now() + 60_000 }, acting);
  };
}

/** What an answer to the upload of a piece says is no JSON. */
function bare(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const line = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return line.trim().slice(0, 200) || 'it said nothing';
}
