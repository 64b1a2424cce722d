import type { PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';
import type { Answer } from '../http.ts';
import type { Said } from '../meter.ts';

/** Where a person makes a token or gives it more rights. */
const applications = '/settings/applications';

/**
 * What an answer of an instance that is no success means. `server` is where people look. A token without the right
 * (403) needs a person as one that ended (401) does.
 */
export function sortMastodon(server: string, { status, headers, body }: Answer, acting: boolean) {
  const message = messageOf(body, status);
  const until = resetOf(headers);
  const refusal = { status, message, ...(until !== undefined && { until }) };
  const link = new URL(applications, server).href;
  const sort = (more: object, as = status): PulseError =>
    sortAnswer('Mastodon', { ...refusal, ...more, status: as }, acting);
  if (status === 401)
    return sort({
      link,
      remedy: 'Make a new access token under Preferences, Development; set MASTODON_ACCESS_TOKEN.',
    });
  if (status === 403)
    return sort(
      {
        link,
        remedy:
          'Give the token the scopes `read` and `write`, or ask the moderators: see the link.',
      },
      401,
    );
  if (status === 413)
    return sort({ remedy: 'Make the file smaller: the instance takes no file of that size.' });
  return sort({});
}

/** `{error}`, or `{error, error_description}`; a page of a proxy says nothing worth repeating. */
function messageOf(body: unknown, status: number): string {
  const { error, error_description: description } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as { error?: unknown; error_description?: unknown };
  const said = [error, description].filter((each) => typeof each === 'string').join(', ');
  return said === '' ? `status ${String(status)}` : said.slice(0, 500);
}

/** The limits an answer tells of; `x-ratelimit-reset` is an ISO-8601 time. */
export function limitsOf({ headers }: Answer): Omit<Said, 'status'> {
  const number = (name: string) => {
    const value = headers.get(name);
    return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const limit = number('x-ratelimit-limit');
  const remaining = number('x-ratelimit-remaining');
  const reset = resetOf(headers);
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { reset }),
  };
}

function resetOf(headers: Headers): number | undefined {
  const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  return Number.isNaN(reset) ? undefined : reset;
}
