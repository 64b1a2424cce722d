import { z } from 'zod';

const time = z.number();

export const windowSchema = z.object({
  start: time,
  used: z.number(),
  remaining: z.number().optional(),
  reset: time.optional(),
});

export const limitsSchema = z.object({
  /** By identity of the account: network and credentials. */
  accounts: z
    .record(
      z.string(),
      z.object({
        /** By operation. */
        windows: z.record(z.string(), windowSchema),
        /** US dollars on one day (UTC). */
        spent: z.object({ day: z.string(), dollars: z.number() }).optional(),
      }),
    )
    .default({}),
  /** Breakers, by network and, where there are many, its address. */
  networks: z
    .record(z.string(), z.object({ failures: z.number(), until: time.optional() }))
    .default({}),
});
/** What is known of every account's limits; kept on the state branch as `limits.json`. */
export type Limits = z.infer<typeof limitsSchema>;
export type AccountLimits = Limits['accounts'][string];

export const noLimits: Limits = { accounts: {}, networks: {} };

export const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);
export const dayAfter = (now: number) => (Math.floor(now / 86_400_000) + 1) * 86_400_000;
