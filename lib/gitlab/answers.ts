import { fail, isError, type PulseError } from '../errors.ts';

/** What GitLab says in an error, whichever of its envelopes it uses; plain text and HTML are cut short. */
export function messageOf(body: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    const plain = body
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
    return plain === '' ? 'no reason given' : plain.slice(0, 200);
  }
  if (typeof parsed !== 'object' || parsed === null) return body.slice(0, 200);
  const { message, error, error_description: description } = parsed as Record<string, unknown>;
  // GitLab's answer to an address it does not know, where a missing thing comes as a `message`.
  if (error === '404 Not Found') return 'GitLab knows no such address';
  const said = [message, error, description].filter((each) => each !== undefined).map(flatten);
  return said.length === 0 ? 'no reason given' : said.join(': ').slice(0, 500);
}

/** `{title: ["is too long"]}` as `title is too long`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(flatten).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, each]) => (key === 'base' ? flatten(each) : `${key} ${flatten(each)}`))
    .join(', ');
}

/** Overloaded, limiting us, or restarting: nothing is wrong with the request. */
export const isBusy = (status: number) => status === 429 || (status >= 500 && status !== 501);

export function refusal(call: string, status: number, body: string): PulseError {
  if (isBusy(status)) return fail('GITLAB_BUSY', { call, status });
  return fail('GITLAB_REFUSED', { call, status, message: messageOf(body) });
}

/** Status and words of a refusal; undefined for any other error. */
export function refused(error: unknown): { status: number; message: string } | undefined {
  if (!isError(error, 'GITLAB_REFUSED')) return undefined;
  return { status: Number(error.details.status), message: String(error.details.message) };
}

/**
 * undefined instead of an error when GitLab says that the thing does not exist. A project that is gone or closed to us
 * and an address that GitLab does not know are no missing things: they stay errors.
 */
export async function absent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const said = refused(error);
    if (said?.status !== 404 || !/^404 (?!Project)/i.test(said.message)) throw error;
    return undefined;
  }
}
