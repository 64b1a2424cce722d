import { z } from 'zod';

/** What one process leaves for the next about an account's tokens; stands on the state branch and holds no secret. */
export const noteSchema = z.object({
  /** When the access token was handed out and for how long, ms. */
  at: z.number().optional(),
  life: z.number().optional(),
  /** When the refresh token ends, ms UTC, where the network said. */
  refreshExpires: z.number().optional(),
  /** The network refused to renew the token with this fingerprint: asking again would not help. */
  refused: z.object({ at: z.number(), message: z.string(), token: z.string() }).optional(),
  /** Tokens that could not be written to the variables, sealed; they follow those with the fingerprint `after`. */
  rescue: z.object({ sealed: z.string(), after: z.string() }).optional(),
});
export type Note = z.infer<typeof noteSchema>;
