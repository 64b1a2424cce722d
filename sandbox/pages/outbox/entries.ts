import { z } from 'zod';

/** A file of the outbox, as the product writes it: one part as it would have been sent. */
const outboxEntry = z.object({
  /** Id of the delivery: the post's id and the account, parted by the last dot. */
  delivery: z.string(),
  /** 0-based. */
  part: z.number().int().nonnegative(),
  account: z.string(),
  text: z.string(),
  media: z.array(z.object({ name: z.string(), alt: z.string() })).default([]),
  title: z.string().optional(),
  reply: z.string().optional(),
  poll: z.array(z.string()).default([]),
  link: z.string().optional(),
  /** Milliseconds since the epoch, UTC. */
  at: z.number().nonnegative(),
});
export type OutboxEntry = z.infer<typeof outboxEntry>;

/** An entry with the name of its file. */
export interface Kept {
  key: string;
  entry: OutboxEntry;
}

/** What one account would have posted: one part, or a thread. */
export interface OutboxPost {
  delivery: string;
  account: string;
  at: number;
  parts: readonly Kept[];
}

/** The entry a file of the outbox holds, or undefined when it holds none. Pure. */
export function parseEntry(path: string, text: string): Kept | undefined {
  const key = path.replace(/^outbox\//, '').replace(/\.json$/, '');
  try {
    const parsed = outboxEntry.safeParse(JSON.parse(text));
    return parsed.success ? { key, entry: parsed.data } : undefined;
  } catch {
    return undefined;
  }
}

/** Parts of one delivery joined in their order; the newest post first. Pure. */
export function postsOf(kept: readonly Kept[]): readonly OutboxPost[] {
  const byDelivery = Map.groupBy(kept, ({ entry }) => entry.delivery);
  return [...byDelivery]
    .map(([delivery, all]) => {
      const parts = all.toSorted((a, b) => a.entry.part - b.entry.part);
      const at = Math.max(...parts.map(({ entry }) => entry.at));
      return { delivery, account: parts[0]?.entry.account ?? '', at, parts };
    })
    .toSorted((a, b) => b.at - a.at);
}
