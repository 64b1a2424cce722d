import { z } from 'zod';

/** Milliseconds since the epoch, UTC. */
export const time = z.number().int().nonnegative();
/** SHA-256, hex. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A person as GitLab names them. */
export const person = z.object({ id: z.number().int(), username: z.string() });
export type Person = z.infer<typeof person>;
