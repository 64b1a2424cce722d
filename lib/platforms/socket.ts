import type { Clock } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Signal } from '../ingest/signal.ts';
import type { Item } from './reading.ts';

/** One message of a stream: the post in it, why it is none, or neither; and where to resume behind it. */
export interface Frame<Cursor> {
  signal?: Signal | undefined;
  malformed?: string | undefined;
  cursor?: Cursor | undefined;
}

/** A stream over a WebSocket. It knows itself from where it resumes: by what it has read. */
export interface Stream<Cursor> {
  /** Name for people. */
  source: string;
  /**
   * Opens a connection from where reading stands; `over` is aborted when listening ends. What it throws counts as a
   * connection that failed.
   */
  connect(over: AbortSignal): WebSocket | Promise<WebSocket>;
  read(message: string): Frame<Cursor>;
  /** What was missed while nothing was connected, where the stream itself does not send it again. */
  missed?(): AsyncIterable<Frame<Cursor>>;
}

export interface SocketListening<Cursor> {
  /** How long to listen, ms. */
  duration: number;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** Told where to resume, after each post was taken. */
  keep?: ((cursor: Cursor) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Posts waiting to be taken, at most; then the connection is let go and resumed when they are taken. */
const mostWaiting = 5_000;
const [firstPause, longestPause] = [1_000, 30_000];
/** Attempts in a row without a single message, after which the source counts as down. */
const patience = 3;

/**
 * What a stream sends for a while. Reconnects and resumes by itself, holds at most 5,000 posts. Throws SOURCE_FAILED
 * when it cannot be reached three times in a row.
 */
export async function* listenSocket<Cursor>(
  stream: Stream<Cursor>,
  { duration, clock, keep, signal }: SocketListening<Cursor>,
): AsyncGenerator<Item> {
  const stop = new AbortController();
  const waiting: { item: Item; cursor: Cursor | undefined }[] = [];
  const state = { over: false };
  let wake: () => void = () => undefined;
  let failures = 0;
  let line = 0;
  const end = () => {
    state.over = true;
    stop.abort(new Error('over'));
    wake();
  };
  signal?.addEventListener('abort', end, { once: true });
  clock.sleep(duration, stop.signal).then(end, () => undefined);

  const take = ({ signal: post, malformed, cursor }: Frame<Cursor>) => {
    line += 1;
    if (post) waiting.push({ item: post, cursor });
    else if (malformed !== undefined)
      waiting.push({ item: { malformed: true, line, why: malformed }, cursor });
  };
  /** A connection; `open` turns false when it is gone. */
  const connect = async () => {
    const connection = { socket: await stream.connect(stop.signal), open: true };
    const { socket } = connection;
    const gone = () => {
      connection.open = false;
      wake();
    };
    socket.addEventListener('close', gone);
    socket.addEventListener('error', gone);
    socket.addEventListener('message', ({ data }) => {
      if (!connection.open) return;
      failures = 0;
      take(stream.read(String(data)));
      // A WebSocket cannot be slowed down: let go, and come back to the same place.
      if (waiting.length >= mostWaiting) {
        gone();
        socket.close();
      }
      wake();
    });
    return connection;
  };

  let connection: Awaited<ReturnType<typeof connect>> | undefined;
  let tried = false;
  try {
    if (signal?.aborted) return;
    while (!state.over || waiting.length > 0) {
      const next = waiting.splice(0, 100);
      for (const { item, cursor } of next) {
        yield item;
        if (cursor !== undefined) keep?.(cursor);
      }
      if (next.length > 0) continue;
      if (connection?.open) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if (tried) {
        failures += 1;
        if (failures >= patience)
          throw fail('SOURCE_FAILED', { source: stream.source, why: 'it does not answer' });
        const pause = Math.min(longestPause, firstPause * 2 ** (failures - 1));
        await clock.sleep(pause, stop.signal).catch(() => undefined);
      }
      if (state.over) continue;
      tried = true;
      connection = undefined;
      try {
        connection = await connect();
        for await (const frame of stream.missed?.() ?? []) take(frame);
      } catch {
        connection?.socket.close();
        if (connection) connection.open = false;
      }
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
    connection?.socket.close();
  }
}
