import { fail, PulseError } from '../../errors.ts';

/** What an XRPCError tells; structural, so that sorting needs no SDK. */
interface XrpcFailure {
  status: number;
  error: string;
  message: string;
  headers?: Record<string, string | undefined>;
}

/** Codes of a connection that never stood: nothing can have left. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sorts what went wrong by what can be known. `acting` is true once the request that makes the post visible may have
 * left: only then is an answer that never came, or an error of the server's own, unknown.
 */
export function sortFailure(thrown: unknown, acting: boolean): PulseError {
  const ours = pulseErrorIn(thrown);
  if (ours) return ours;
  const found = xrpcFailure(thrown);
  const platform = 'Bluesky';
  if (!found || found.status < 100) {
    const { code, why } = rootOf(thrown);
    if (!acting || (code !== undefined && neverLeft.has(code)))
      return fail('DELIVERY_BUSY', { platform, status: 0, message: why }, thrown);
    return fail('DELIVERY_UNKNOWN', { platform, why: `the connection broke (${why})` }, thrown);
  }
  const { status, error } = found;
  const message = found.message === error ? error : `${error}, ${found.message}`;
  if (status === 429) {
    const reset = Number(found.headers?.['ratelimit-reset']) * 1000;
    const until = Number.isFinite(reset) ? { until: reset } : {};
    return fail('DELIVERY_BUSY', { platform, status, message, ...until }, thrown);
  }
  if (status < 500) return fail('DELIVERY_REFUSED', { platform, status, message }, thrown);
  if (acting)
    return fail(
      'DELIVERY_UNKNOWN',
      { platform, why: `it answered ${String(status)}, ${message}` },
      thrown,
    );
  return fail('DELIVERY_BUSY', { platform, status, message }, thrown);
}

/** The server's answer in what was thrown, if there was one. */
export function xrpcFailure(thrown: unknown): XrpcFailure | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || !('error' in thrown)) return;
  return thrown as unknown as XrpcFailure;
}

/** Our own error, e.g. CLAIM_EXPIRED from the gate every request passes, however often the SDK wrapped it. */
function pulseErrorIn(thrown: unknown): PulseError | undefined {
  for (let at = thrown; at instanceof Error; at = at.cause) if (at instanceof PulseError) return at;
  return undefined;
}

function rootOf(thrown: unknown): { code?: string; why: string } {
  let at = thrown;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (!(at instanceof Error)) return { why: String(at) };
  const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
  const why = at.message || (code ?? at.name);
  return code === undefined ? { why } : { code, why };
}
