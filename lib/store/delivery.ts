import { z } from 'zod';
import { hash, person, time } from './fields.ts';

export const deliveryStatuses = [
  'scheduled',
  'publishing',
  'published',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Proof that one part is out. */
const receipt = z.object({
  part: z.number().int().nonnegative(),
  id: z.string(),
  url: z.string().optional(),
  /** What exactly is there, where replies must name it (Bluesky: the cid). */
  version: z.string().optional(),
  at: time,
});
export type Receipt = z.infer<typeof receipt>;

/** One post on its way to one account. */
export const delivery = z.object({
  /** Name of the account in the profile. */
  target: z.string(),
  platform: z.string(),
  status: z.enum(deliveryStatuses),
  /** Not before. */
  due: time,
  /** Number of the last claim made; 0 before the first. */
  attempt: z.number().int().nonnegative(),
  /** Revision it carries. */
  revision: z.number().int().positive(),
  /** Hash of that revision. */
  hash,
  receipts: z.array(receipt),
  /** When the present claim runs out; only in `publishing`. */
  expires: time.optional(),
  /** Not tried again before; only after a retryable failure. */
  retryAt: time.optional(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      remedy: z.string(),
      retryable: z.boolean(),
      /** Where to read about it, or to look. */
      link: z.string().optional(),
    })
    .optional(),
  /** By part: what the network calls things prepared for this revision, e.g. an upload; added to its handle. */
  prepared: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  /** What a person decided last about a delivery that had failed or was unknown. */
  settled: z.object({ by: person.optional(), at: time, how: z.enum(['retry', 'skip']) }).optional(),
});
export type Delivery = z.infer<typeof delivery>;
