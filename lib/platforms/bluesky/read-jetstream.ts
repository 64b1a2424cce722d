import type { Clock } from '../../clock.ts';
import type { Item } from '../reading.ts';
import { listenSocket } from '../socket.ts';
import { readFrame } from './read-frame.ts';

export interface Listening {
  /** How long to listen, ms. */
  duration: number;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** Where an earlier listening ended, microseconds UTC. */
  cursor?: number | undefined;
  /** Told where to resume, after each post was taken. */
  keep?: ((cursor: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  url?: string | undefined;
}

const publicUrl = 'wss://jetstream2.us-east.bsky.network/subscribe';
/** What is read twice after a pause, microseconds: the order of events is only roughly that of their times. */
const overlap = 5_000_000;

/**
 * New posts of all of Bluesky for a while, as they are written. Reconnects and resumes by itself, holds at most 5,000
 * posts. Throws SOURCE_FAILED when it cannot be reached three times in a row.
 */
export function listenJetstream({ cursor, url = publicUrl, ...listening }: Listening) {
  let time = cursor ?? 0;
  const stream = {
    source: "Bluesky's Jetstream",
    connect() {
      const query = new URLSearchParams({ wantedCollections: 'app.bsky.feed.post' });
      if (time > 0) query.set('cursor', String(time - overlap));
      return new WebSocket(`${url}?${query.toString()}`);
    },
    read(message: string) {
      const frame = readFrame(message);
      time = Math.max(time, frame.time);
      return { ...frame, cursor: frame.time > 0 ? frame.time : undefined };
    },
  };
  return listenSocket<number>(stream, listening) satisfies AsyncGenerator<Item>;
}
