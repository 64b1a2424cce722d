import { asPulseError, fail, isError, type PulseError } from '../errors.ts';

/** How a provider is reached, and how long it may take in all, ms. */
export interface ProviderSettings {
  key?: string;
  /** Absent for the provider's own address. */
  url?: string;
  model?: string;
  fetch?: typeof globalThis.fetch;
  timeout?: number;
}

export const defaultTimeout = 60_000;
/** Before the one retry, ms. */
const pause = 400;

/**
 * Asks a provider, once more when it was busy or broken. Gives up when `timeout` ms are over in all or `outer` is
 * aborted. Whatever goes wrong becomes MODEL_FAILED in our own words: what providers say may hold the key.
 */
export async function attempt<T>(
  provider: string,
  ask: (signal: AbortSignal) => Promise<T>,
  timeout: number,
  outer?: AbortSignal,
): Promise<T> {
  const late = AbortSignal.timeout(timeout);
  const signal = outer ? AbortSignal.any([late, outer]) : late;
  const { default: retry } = await import('p-retry');
  try {
    return await retry(() => ask(signal), {
      retries: 1,
      minTimeout: pause,
      signal,
      shouldRetry: ({ error }) => !isError(error, 'MODEL_FAILED') && helps(statusOf(error)),
    });
  } catch (error) {
    if (isError(error, 'MODEL_FAILED')) throw error;
    throw failure(provider, error, late.aborted ? timeout : undefined);
  }
}

/** The HTTP status an SDK's error carries; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const status: unknown =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

const helps = (status: number | undefined) =>
  status === undefined || status === 408 || status >= 500;

function failure(provider: string, error: unknown, timeout: number | undefined): PulseError {
  const status = statusOf(error);
  if (timeout !== undefined)
    return fail('MODEL_FAILED', { provider, why: `no answer within ${String(timeout / 1000)} s` });
  if (status === undefined) {
    const name = asPulseError(error).cause;
    const why = `the connection failed (${name instanceof Error ? name.constructor.name : 'unknown'})`;
    return fail('MODEL_FAILED', { provider, why });
  }
  const known: Readonly<Record<number, string>> = {
    400: 'it refused the request',
    401: 'it refused the key',
    403: 'the key may not ask this',
    404: 'it does not know the model or the address',
    429: 'it limits us',
    529: 'it is overloaded',
  };
  return fail('MODEL_FAILED', {
    provider,
    why: `${known[status] ?? 'it failed'} (${String(status)})`,
  });
}
