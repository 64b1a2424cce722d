import { asPulseError, fail } from '../../errors.ts';
import type { Item, Listening } from '../reading.ts';
import type { Call } from './call.ts';
import { numberOf, readUpdate } from './read.ts';

/** How long Telegram keeps a request open that has nothing to tell, seconds. */
const longPoll = 50;
/** Updates in one answer, at most (Bot API, getUpdates). */
const most = 100;
const [firstPause, longestPause] = [1_000, 30_000];
/** Requests in a row that fail, after which the source counts as down. */
const patience = 5;

/**
 * Posts of the channels the bot is in, and messages of its groups that it may see, as they are written. Telegram keeps
 * what was not taken for a day, and forgets it once an answer after it is asked for: that is done only after `keep`.
 * The cursor is the number of the last update. Throws SOURCE_FAILED.
 */
export async function* listenTelegram(call: Call, listening: Listening): AsyncGenerator<Item> {
  const { duration, clock, keep, signal } = listening;
  const stop = new AbortController();
  const end = () => stop.abort(new Error('over'));
  const over = () => stop.signal.aborted;
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  clock.sleep(duration, stop.signal).then(end, () => undefined);
  let last = Number(listening.cursor ?? NaN);
  let line = 0;
  let failures = 0;
  try {
    while (!over()) {
      let updates: unknown[];
      try {
        updates = await ask(call, last, stop.signal);
        // Asking again would only bring the same.
        if (updates.length > 0 && !updates.some((update) => numberOf(update) !== undefined))
          throw new Error('its updates have no numbers');
        failures = 0;
      } catch (error) {
        if (over()) return;
        failures += 1;
        await pause(error, failures, clock, stop.signal);
        continue;
      }
      for (const update of updates) {
        line += 1;
        const item = readUpdate(update, line);
        if (item) yield item;
        const number = numberOf(update);
        if (number === undefined) continue;
        last = number;
        keep?.(String(number));
      }
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

async function ask(call: Call, last: number, signal: AbortSignal): Promise<unknown[]> {
  const about = { operation: 'read', signal, patience: (longPoll + 15) * 1000 };
  return call(about, (api) =>
    api.getUpdates({
      ...(!Number.isNaN(last) && { offset: last + 1 }),
      limit: most,
      timeout: longPoll,
      allowed_updates: ['message', 'channel_post'],
    }),
  );
}

/** Waits before the next request, as long as Telegram says. Throws SOURCE_FAILED when waiting does not help. */
async function pause(
  thrown: unknown,
  failures: number,
  clock: Listening['clock'],
  signal: AbortSignal,
): Promise<void> {
  const { code, message, details } = asPulseError(thrown);
  const conflict = details.status === 409;
  if (failures >= patience || (code !== 'DELIVERY_BUSY' && !conflict))
    throw fail('SOURCE_FAILED', {
      source: 'The Telegram bot',
      why: conflict ? 'it listens elsewhere too, and only one may' : message,
    });
  const told = Number(details.until ?? 0) - clock.now();
  const wait = Math.min(longestPause, firstPause * 2 ** (failures - 1));
  await clock.sleep(Math.max(told, wait), signal).catch(() => undefined);
}
