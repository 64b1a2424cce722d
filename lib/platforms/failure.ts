import { fail, PulseError } from '../errors.ts';

/** A network's answer that was no success. */
export interface Refusal {
  status: number;
  /** What the network said, without secrets. */
  message: string;
  /** When it may be tried again, ms UTC, where the network said. */
  until?: number | undefined;
  /** What a person can do about it, where we know better than "change what it objects to". */
  remedy?: string | undefined;
  /** Where a person can read about it or look. */
  link?: string | undefined;
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
 * What an answer means by its status, where the network's own codes do not say better: 401 our token, 429 later, other
 * 4xx final, 5xx later, or unknown when `acting`: the request that makes the post visible may have left.
 */
export function sortAnswer(
  platform: string,
  { status, message, until, remedy, link }: Refusal,
  acting: boolean,
  cause?: unknown,
): PulseError {
  const about = { platform, status, message, ...(link !== undefined && { link }) };
  if (status === 429 || status === 408)
    return fail('DELIVERY_BUSY', { ...about, ...(until !== undefined && { until }) }, cause);
  if (status === 401)
    return fail(
      'CREDENTIALS_REFUSED',
      { ...about, ...(remedy !== undefined && { remedy }) },
      cause,
    );
  if (status < 500)
    return fail('DELIVERY_REFUSED', { ...about, ...(remedy !== undefined && { remedy }) }, cause);
  if (!acting)
    return fail('DELIVERY_BUSY', { ...about, ...(until !== undefined && { until }) }, cause);
  const why = `it answered ${String(status)}, ${message}`;
  return fail('DELIVERY_UNKNOWN', { platform, why, ...(link !== undefined && { link }) }, cause);
}

/**
 * What a connection that broke means; an error of ours inside is handed through. `acting` as for `sortAnswer`: only
 * then is an answer that never came unknown.
 */
export function sortBroken(platform: string, thrown: unknown, acting: boolean): PulseError {
  for (let at = thrown; at instanceof Error; at = at.cause) if (at instanceof PulseError) return at;
  const { code, why } = rootOf(thrown);
  if (!acting || (code !== undefined && neverLeft.has(code)))
    return fail('DELIVERY_BUSY', { platform, status: 0, message: why }, thrown);
  return fail('DELIVERY_UNKNOWN', { platform, why: `the connection broke (${why})` }, thrown);
}

/** The innermost error: libraries wrap what the system said. */
function rootOf(thrown: unknown): { code?: string; why: string } {
  let at = thrown;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (!(at instanceof Error)) return { why: String(at) };
  const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
  const why = at.message || (code ?? at.name);
  return code === undefined ? { why } : { code, why };
}
