import type { Clock } from '../../clock.ts';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import { readFrame } from './read-frame.ts';

type Item = Signal | { malformed: true; line: number; why: string };

export interface Listening {
  /** How long to listen, ms. */
  duration: number;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** Where an earlier listening ended, microseconds UTC. */
  cursor?: number;
  /** Told where to resume, after each post was taken. */
  keep?: (cursor: number) => void;
  signal?: AbortSignal;
  url?: string;
}

const publicUrl = 'wss://jetstream2.us-east.bsky.network/subscribe';
/** What is read twice after a pause, microseconds: the order of events is only roughly that of their times. */
const overlap = 5_000_000;
/** Posts waiting to be taken, at most; then the connection is let go and resumed when they are taken. */
const mostWaiting = 5_000;
const [firstPause, longestPause] = [1_000, 30_000];
/** Attempts in a row without a single event, after which the source counts as down. */
const patience = 3;

/**
 * New posts of all of Bluesky for a while, as they are written. Reconnects and resumes by itself, holds at most 5,000
 * posts. Throws SOURCE_FAILED when it cannot be reached three times in a row.
 */
export async function* listenJetstream(listening: Listening): AsyncGenerator<Item> {
  const { duration, clock, keep, signal, url = publicUrl } = listening;
  const stop = new AbortController();
  const waiting: { item: Item; time: number }[] = [];
  const state = { over: false };
  let wake: () => void = () => undefined;
  let time = listening.cursor ?? 0;
  let failures = 0;
  let line = 0;
  const end = () => {
    state.over = true;
    stop.abort(new Error('over'));
    wake();
  };
  signal?.addEventListener('abort', end, { once: true });
  clock.sleep(duration, stop.signal).then(end, () => undefined);

  /** A connection; `open` turns false when it is gone. */
  const connect = () => {
    const query = new URLSearchParams({ wantedCollections: 'app.bsky.feed.post' });
    if (time > 0) query.set('cursor', String(time - overlap));
    const socket = new WebSocket(`${url}?${query.toString()}`);
    const connection = { socket, open: true };
    const gone = () => {
      connection.open = false;
      wake();
    };
    socket.addEventListener('close', gone);
    socket.addEventListener('error', gone);
    socket.addEventListener('message', ({ data }) => {
      if (!connection.open) return;
      const frame = readFrame(String(data));
      failures = 0;
      line += 1;
      time = Math.max(time, frame.time);
      if (frame.signal) waiting.push({ item: frame.signal, time: frame.time });
      else if (frame.malformed !== undefined)
        waiting.push({ item: { malformed: true, line, why: frame.malformed }, time: frame.time });
      // A WebSocket cannot be slowed down: let go, and come back to the same place.
      if (waiting.length >= mostWaiting) {
        gone();
        socket.close();
      }
      wake();
    });
    return connection;
  };

  let connection: ReturnType<typeof connect> | undefined;
  try {
    if (signal?.aborted) return;
    while (!state.over || waiting.length > 0) {
      const next = waiting.splice(0, 100);
      for (const { item, time: at } of next) {
        yield item;
        if (at > 0) keep?.(at);
      }
      if (next.length > 0) continue;
      if (connection?.open) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if (connection !== undefined) {
        failures += 1;
        if (failures >= patience)
          throw fail('SOURCE_FAILED', { source: "Bluesky's Jetstream", why: 'it does not answer' });
        const pause = Math.min(longestPause, firstPause * 2 ** (failures - 1));
        await clock.sleep(pause, stop.signal).catch(() => undefined);
      }
      if (!state.over) connection = connect();
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
    connection?.socket.close();
  }
}
