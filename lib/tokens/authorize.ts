import { createHash, timingSafeEqual } from 'node:crypto';
import { fail } from '../errors.ts';
import type { OAuth } from '../platforms/oauth.ts';

/** One sign-in that was begun: what to open, and what only we know of it. */
export interface Request {
  /** Where a person agrees. */
  link: string;
  /** Comes back with the code, so that nobody can slip us another's. */
  state: string;
  /** Proves that we asked (RFC 7636); absent where the network knows none. */
  verifier?: string;
  redirect: string;
}

/** Begins a sign-in. Pure; `random` is 48 fresh bytes. */
export function authorize(
  oauth: OAuth,
  client: string,
  redirect: string,
  random: Uint8Array,
): Request {
  const state = Buffer.from(random.subarray(0, 16)).toString('base64url');
  const verifier = Buffer.from(random.subarray(16, 48)).toString('base64url');
  const link = new URL(oauth.authorize);
  const parameters = {
    response_type: 'code',
    [oauth.clientIdName ?? 'client_id']: client,
    redirect_uri: redirect,
    scope: oauth.scopes.join(oauth.separator ?? ' '),
    state,
    ...(oauth.pkce && {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }),
    ...oauth.extra,
  };
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, value);
  return { link: link.href, state, redirect, ...(oauth.pkce && { verifier }) };
}

/** Whether what came back belongs to the sign-in we began. */
export function isAnswerTo({ state }: Pick<Request, 'state'>, answer: URLSearchParams): boolean {
  const given = Buffer.from(answer.get('state') ?? '');
  const wanted = Buffer.from(state);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * The code in what came back (RFC 6749, 4.1.2). Throws CREDENTIALS_REFUSED when it is not the answer to this sign-in, or
 * the person or the network said no.
 */
export function codeIn(request: Request, answer: URLSearchParams, platform: string): string {
  const refuse = (message: string, remedy: string) =>
    fail('CREDENTIALS_REFUSED', { platform, status: 0, message, remedy });
  if (!isAnswerTo(request, answer))
    throw refuse(
      'the address does not belong to this sign-in',
      'Open the link printed last and paste the whole address you are led to.',
    );
  const error = answer.get('error');
  if (error !== null) {
    const more = answer.get('error_description') ?? answer.get('error_reason');
    const said = more === null ? error : `${error}, ${more}`;
    throw refuse(said.slice(0, 300), 'Begin again with `node jobs/auth.ts` and agree.');
  }
  const code = answer.get('code');
  if (code) return code;
  throw refuse('the address holds no code', 'Paste the whole address you were led to.');
}

/** What a person pasted: a whole address, its query alone, or what stands behind `#`. */
export function answerIn(pasted: string): URLSearchParams {
  const text = pasted.trim();
  const url = URL.parse(text);
  if (url === null) return new URLSearchParams(text.replace(/^[?#]/, ''));
  return url.searchParams.size > 0 ? url.searchParams : new URLSearchParams(url.hash.slice(1));
}
