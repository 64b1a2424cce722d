import { z } from 'zod';

/** Where reading a source ended. Small: kept on the state branch as `cursors.json`. */
export const cursorSchema = z.object({
  /** Time of the newest post, ms UTC. */
  at: z.number().optional(),
  /** Place in a stream, as the network counts it. */
  place: z.number().optional(),
  /** Where to resume a stream, in the network's own words. */
  resume: z.string().optional(),
  /** What a server calls this version of a feed. */
  etag: z.string().optional(),
  modified: z.string().optional(),
  /** Fingerprints of the items seen last, newest last. */
  seen: z.array(z.string()).max(500).optional(),
  /** How long it is left alone between two readings, ms, and until when, ms UTC; grows while it cannot be read. */
  pause: z.number().optional(),
  next: z.number().optional(),
});
export type Cursor = z.infer<typeof cursorSchema>;

/** By name of the source. */
export const cursorsSchema = z.record(z.string(), cursorSchema);
export type Cursors = z.infer<typeof cursorsSchema>;
