import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { signalOfRecord } from './read-post.ts';

const frameSchema = z.object({
  did: z.string(),
  /** Microseconds UTC. */
  time_us: z.number(),
  kind: z.string(),
  commit: z
    .object({
      operation: z.string(),
      collection: z.string(),
      rkey: z.string(),
      record: z.unknown().optional(),
    })
    .optional(),
});

export interface Frame {
  /** When Jetstream saw it, microseconds UTC: where to resume. 0 when the frame says no time. */
  time: number;
  /** The post that was written; absent for everything else that happens on the network. */
  signal?: Signal;
  /** Why the frame, or the post in it, cannot be used. */
  malformed?: string;
}

/** One message of Jetstream (version 1, JSON). */
export function readFrame(text: string): Frame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { time: 0, malformed: 'it is not JSON' };
  }
  return frameOf(value);
}

/** The same, parsed. */
export function frameOf(value: unknown): Frame {
  const parsed = frameSchema.safeParse(value);
  if (!parsed.success) return { time: 0, malformed: 'it is no Jetstream event' };
  const { did, time_us: time, commit } = parsed.data;
  if (commit?.operation !== 'create' || commit.collection !== 'app.bsky.feed.post') return { time };
  const found = signalOfRecord(did, commit.rkey, commit.record, Math.floor(time / 1000));
  return typeof found === 'string' ? { time, malformed: found } : { time, signal: found };
}
