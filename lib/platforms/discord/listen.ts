import type { SessionInfo } from '@discordjs/ws';
import { asPulseError, fail, isError, PulseError } from '../../errors.ts';
import type { Item, Listening } from '../reading.ts';
import type { Call } from './call.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { readAfter } from './history.ts';
import { channelsOf, readPlace, writePlace } from './place.ts';
import { messageSchema, signalOf } from './read.ts';
import { isAfter } from './snowflake.ts';

/** Messages waiting to be taken, at most; then the connection is let go and resumed when they are taken. */
const mostWaiting = 5_000;
const [firstPause, longestPause] = [1_000, 30_000];
/** Breaks in a row after which we wait ourselves, and waits in a row after which the source counts as down. */
const patience = { breaks: 3, waits: 5 };

/** Marks what may pass. */
const broken = 'connection';

interface Bot {
  token: string;
  call: Call;
  me(): Promise<{ id: string }>;
}

/**
 * Messages of all channels the bot may read, as they are written. A session is resumed, also by a later listening;
 * where it has ended, what was missed is read from the channels. Throws SOURCE_FAILED.
 */
export async function* listenDiscord(bot: Bot, listening: Listening): AsyncGenerator<Item> {
  const { duration, clock, keep, signal, cursor } = listening;
  const place = readPlace(cursor);
  const names = new Map<string, string>();
  const waiting: { value: unknown; session: SessionInfo }[] = [];
  /** Channels to read from behind an id, before anything that waits. */
  const missed = new Map<string, string>();
  const state = { over: false, breaks: 0, waits: 0, full: false };
  const stop = new AbortController();
  let failure: unknown;
  let gateway: Gateway | undefined;
  let wake: () => void = () => undefined;
  let line = 0;
  const end = () => {
    state.over = true;
    stop.abort(new Error('over'));
    wake();
  };
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  clock.sleep(duration, stop.signal).then(end, () => undefined);

  /** Channels whose gap is known since the session began. */
  let known = new Set<string>();
  const gapIn = (channel: string, last: string, newcomer?: string) => {
    const seen = place.seen[channel] ?? newcomer;
    if (known.has(channel) || seen === undefined) return;
    known.add(channel);
    place.seen[channel] = seen;
    if (isAfter(last, seen)) missed.set(channel, seen);
  };
  const open = () =>
    openGateway(bot, place.session, {
      began() {
        // Until what was missed is read there is no session worth coming back to.
        delete place.session;
        known = new Set();
      },
      stands: () => void (state.breaks = 0),
      broke() {
        state.breaks += 1;
        wake();
      },
      failed(error) {
        failure = error;
        wake();
      },
      guild(value) {
        const newest = Object.values(place.seen).reduce((a, b) => (isAfter(a, b) ? a : b), '0');
        for (const [id, { name, last }] of channelsOf(value)) {
          names.set(id, name);
          if (last !== undefined) gapIn(id, last, newest === '0' ? last : newest);
        }
        wake();
      },
      message(value, session) {
        if (state.full) return;
        const { id, channel_id: channel } = messageSchema.safeParse(value).data ?? {};
        if (id !== undefined && channel !== undefined && !place.session) gapIn(channel, id);
        waiting.push({ value, session });
        state.full = waiting.length >= mostWaiting;
        state.waits = 0;
        wake();
      },
    });

  /** The item of a message that was not read before; its place is remembered. */
  const take = (value: unknown, me: string): Item | undefined => {
    line += 1;
    const parsed = messageSchema.safeParse(value);
    if (!parsed.success) return { malformed: true, line, why: 'it is no message' };
    const { id, channel_id: channel, author } = parsed.data;
    const seen = place.seen[channel];
    if (seen !== undefined && !isAfter(id, seen)) return undefined;
    place.seen[channel] = id;
    const found = signalOf(parsed.data, undefined);
    if (author.id === me || found.text === '') return undefined;
    const name = names.get(channel);
    return name ? { ...found, channel: name } : found;
  };

  const pause = async (error: unknown) => {
    state.waits += 1;
    if (isFinal(error) || state.waits > patience.waits) throw asPulseError(error);
    const wait = Math.min(longestPause, firstPause * 2 ** (state.waits - 1));
    await clock.sleep(wait, stop.signal).catch(() => undefined);
  };
  const over = () => state.over;

  try {
    const { id: me } = await bot.me();
    if (!over()) gateway = open();
    while (!over() || waiting.length > 0) {
      const [gap] = missed;
      if (gap) {
        // What waits comes after it, or is read from the channels next time.
        if (over()) return;
        const messages = await readMissed(bot.call, gap, stop.signal, pause);
        for (const message of messages ?? []) {
          const item = take(message, me);
          if (item) yield item;
          keep?.(writePlace(place));
        }
        if (messages) missed.delete(gap[0]);
        continue;
      }
      const next = waiting.shift();
      if (next) {
        const item = take(next.value, me);
        place.session = next.session;
        if (item) yield item;
        keep?.(writePlace(place));
      } else if (failure !== undefined || state.breaks >= patience.breaks) {
        await gateway?.close();
        await pause(failure ?? new Error('it does not answer', { cause: broken }));
        failure = undefined;
        state.breaks = 0;
        if (!over()) gateway = open();
      } else if (state.full) {
        // It cannot be slowed down: let go, and come back to the same place.
        await gateway?.close();
        state.full = false;
        gateway = open();
      } else if (!over()) await new Promise<void>((resolve) => (wake = resolve));
    }
  } catch (error) {
    if (state.over) return;
    throw fail('SOURCE_FAILED', { source: 'The Discord gateway', why: reasonOf(error) });
  } finally {
    signal?.removeEventListener('abort', end);
    end();
    await gateway?.close();
  }
}

/** What a channel holds behind an id; nothing of one that is gone or closed to us, undefined when it is to be asked again. */
async function readMissed(
  call: Call,
  [channel, after]: [string, string],
  signal: AbortSignal,
  pause: (error: unknown) => Promise<void>,
) {
  try {
    return (await readAfter(call, channel, after, signal)).messages;
  } catch (error) {
    if (isError(error, 'DELIVERY_REFUSED')) return [];
    await pause(error);
    return undefined;
  }
}

/** Refused for good, by the API or with a code of the gateway that the library gives up on. */
function isFinal(error: unknown): boolean {
  if (error instanceof PulseError) return error.code === 'CREDENTIALS_REFUSED';
  return error instanceof Error && error.cause !== broken;
}

function reasonOf(error: unknown): string {
  const { message } = asPulseError(error);
  const why =
    error instanceof Error && error.cause instanceof Error ? error.cause.message : message;
  return /disallowed intents/i.test(why)
    ? `${why}; switch on "Message Content Intent" in the developer portal`
    : why;
}
