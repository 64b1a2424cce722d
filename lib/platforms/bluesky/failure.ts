import type { PulseError } from '../../errors.ts';
import { sortAnswer, sortBroken } from '../failure.ts';

/** What an XRPCError tells; structural, so that sorting needs no SDK. */
interface XrpcFailure {
  status: number;
  error: string;
  message: string;
  headers?: Record<string, string | undefined>;
}

/** What a person can do, by the code of com.atproto and the PDS. */
const remedies: Readonly<Record<string, string>> = {
  AuthenticationRequired:
    'Make a new app password and set BLUESKY_IDENTIFIER and BLUESKY_PASSWORD, then `/pulse retry`.',
  AuthFactorTokenRequired: 'Set BLUESKY_PASSWORD to an app password: those need no second factor.',
  AccountTakedown: 'The account was taken down; see what moderation wrote to its owner.',
  AccountDeactivated: 'Activate the account again in its settings, then `/pulse retry`.',
};
const passwords = 'https://bsky.app/settings/app-passwords';
/** Codes that say that nothing goes on without a person, whatever the status. */
const ours =
  /^(?:AuthenticationRequired|AuthMissing|AuthFactorTokenRequired|InvalidToken|ExpiredToken|AccountTakedown|AccountDeactivated)$/;

/**
 * Sorts what went wrong by what can be known. `acting` is true once the request that makes the post visible may have
 * left: only then is an answer that never came, or an error of the server's own, unknown.
 */
export function sortFailure(thrown: unknown, acting: boolean): PulseError {
  const found = xrpcFailure(thrown);
  // The SDK gives codes below 100 to what was no answer.
  if (!found || found.status < 100) return sortBroken('Bluesky', thrown, acting);
  const { status, error } = found;
  const message = found.message === error ? error : `${error}, ${found.message}`;
  const reset = Number(found.headers?.['ratelimit-reset']) * 1000;
  const until = Number.isFinite(reset) && reset > 0 ? { until: reset } : {};
  if (status < 500 && ours.test(error)) {
    const remedy = remedies[error] ?? remedies.AuthenticationRequired;
    const refusal = { status: 401, message, remedy, link: passwords };
    return sortAnswer('Bluesky', refusal, acting);
  }
  return sortAnswer('Bluesky', { status, message, ...until }, acting);
}

/** The server's answer in what was thrown, if there was one. */
export function xrpcFailure(thrown: unknown): XrpcFailure | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || !('error' in thrown)) return;
  return thrown as unknown as XrpcFailure;
}
