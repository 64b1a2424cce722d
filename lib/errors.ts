import { catalogue, type Entry } from './catalogue.ts';

export type ErrorCode = keyof typeof catalogue;
export type Details<C extends ErrorCode> = Parameters<(typeof catalogue)[C]['what']>[0];

/**
 * An error a person can act on. `message` says what happened, `remedy` what to do, `retryable` whether again helps.
 * Where `details` bring a remedy of their own, they know better.
 */
export class PulseError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>>, cause?: unknown) {
    const found = catalogue[code] as unknown as Entry<unknown>;
    super(found.what(details), cause === undefined ? {} : { cause });
    this.name = 'PulseError';
    this.code = code;
    const { remedy } = details;
    this.remedy = typeof remedy === 'string' ? remedy : found.remedy(details);
    this.retryable = found.retryable;
    this.details = details;
  }
}

/** Makes the error `code`; `throw fail('CODE', {...}, cause)`. */
export function fail<C extends ErrorCode>(
  code: C,
  details: Details<C>,
  cause?: unknown,
): PulseError {
  return new PulseError(code, details, cause);
}

/** Anything thrown as a PulseError; what is not ours becomes INTERNAL with its cause kept. */
export function asPulseError(thrown: unknown): PulseError {
  if (thrown instanceof PulseError) return thrown;
  return fail(
    'INTERNAL',
    { why: thrown instanceof Error ? thrown.message : String(thrown) },
    thrown,
  );
}

/** Whether `thrown` is our error with this code. */
export function isError(thrown: unknown, code: ErrorCode): thrown is PulseError {
  return thrown instanceof PulseError && thrown.code === code;
}
