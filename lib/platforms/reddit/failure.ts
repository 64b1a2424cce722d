import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';
import type { Answer } from '../http.ts';

/** One entry of `json.errors`: Reddit says them with HTTP 200. */
export interface RedditError {
  code: string;
  message: string;
  /** Field it objects to. */
  field?: string;
}

const remedies: Readonly<Record<string, string>> = {
  ALREADY_SUB: 'This link is in the subreddit already. Choose another link or subreddit.',
  SUBREDDIT_NOEXIST: 'Correct `subreddit` of the account in the profile.',
  SUBREDDIT_NOTALLOWED: 'The account may not post in this subreddit; ask its moderators.',
  SUBREDDIT_REQUIRED: 'Set `subreddit` of the account in the profile.',
  NO_SELFS: 'The subreddit takes links only: give the post a link.',
  NO_LINKS: 'The subreddit takes texts only: take the link card out.',
  IN_TIMEOUT: 'The account is suspended for a while; see its messages on Reddit.',
  THREAD_LOCKED: 'The moderators have locked the post; nobody can comment.',
  TOO_OLD: 'Reddit has archived the post; nobody can comment.',
  DELETED_LINK: 'The post that is commented on is deleted.',
  DELETED_COMMENT: 'The comment that is answered is deleted.',
  SUBMIT_VALIDATION_FLAIR_REQUIRED: 'Set `flair` of the account: the subreddit asks for one.',
  BAD_FLAIR_TEMPLATE_ID: 'Correct `flair` of the account: the subreddit has no such flair.',
  DOMAIN_BANNED: 'Reddit takes no links to this site.',
  BANNED_FROM_SUBREDDIT: 'The account is banned from the subreddit; ask its moderators.',
};

const units: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** What stands in `json.errors`, and what newer routes say in a body of their own. */
export function errorsIn(body: unknown): readonly RedditError[] {
  const json = (body as { json?: { errors?: unknown } } | null)?.json;
  const list: unknown[] = Array.isArray(json?.errors) ? json.errors : [];
  return list.map((each) => {
    const [code, message, field] = Array.isArray(each) ? (each as unknown[]) : [each];
    return {
      code: typeof code === 'string' ? code : 'UNKNOWN',
      message: typeof message === 'string' ? message.replace(/\.$/, '') : 'no reason',
      ...(typeof field === 'string' && { field }),
    };
  });
}

/** How long Reddit says to wait, ms: "Try again in 9 minutes", "Take a break for 1 hour"; a minute when it says none. */
export function waitOf(message: string): number {
  const found = /\b(\d+|an?|one)\s+(millisecond|second|minute|hour|day)s?\b/i.exec(message);
  if (!found) return 60_000;
  const count = Number(found[1]);
  // It rounds down.
  return ((Number.isNaN(count) ? 1 : count) + 1) * (units[found[2]?.toLowerCase() ?? ''] ?? 60_000);
}

/** What an answer that is no success means; `now` ms UTC. */
export function sortReddit(answer: Answer, acting: boolean, now: number): PulseError {
  const { status, headers, body } = answer;
  const platform = 'Reddit';
  const [first, ...more] = errorsIn(body);
  if (first && status < 400) {
    const { code, field } = first;
    const message = [first, ...more].map((each) => `${each.message} (${each.code})`).join('; ');
    if (code === 'RATELIMIT') {
      const until = now + waitOf(first.message);
      return fail('DELIVERY_BUSY', { platform, status: 429, message, until });
    }
    if (code === 'USER_REQUIRED')
      return fail('CREDENTIALS_REFUSED', { platform, status: 401, message });
    const remedy =
      remedies[code] ??
      (field === undefined ? undefined : `Change the ${field}, then \`/pulse retry\`.`);
    return sortAnswer(platform, { status: 400, message, remedy }, acting);
  }
  const seconds = Number(headers.get('x-ratelimit-reset') ?? NaN);
  const until = Number.isNaN(seconds) ? undefined : now + seconds * 1000;
  const message = wordsOf(body);
  const reason = (body as { reason?: unknown } | null)?.reason;
  const remedy = typeof reason === 'string' ? (remedies[reason] ?? remedyOf(reason)) : undefined;
  return sortAnswer(platform, { status, message, until, remedy }, acting);
}

/** Whether Reddit refused a link because the subreddit has it. */
export function isAlreadyThere({ message }: PulseError): boolean {
  return message.includes('(ALREADY_SUB)');
}

function remedyOf(reason: string): string | undefined {
  if (reason === 'private') return 'The subreddit is private; ask its moderators for access.';
  if (reason === 'banned') return 'The subreddit is banned; choose another.';
  if (reason.startsWith('SUBMIT_VALIDATION'))
    return 'The subreddit has rules of its own for posts; change what it names, then `/pulse retry`.';
  return undefined;
}

function wordsOf(body: unknown): string {
  if (typeof body === 'string') return body.trim().slice(0, 200) || 'no reason';
  const { explanation, message, reason, error } = (body ?? {}) as Record<string, unknown>;
  const words = [explanation, message, reason, error].filter((each) => typeof each === 'string');
  return words.join(', ').trim().slice(0, 300) || 'no reason';
}
