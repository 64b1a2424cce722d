import { z } from 'zod';
import { isAfter } from './snowflake.ts';

const id = z.string().regex(/^\d+$/);
const placeSchema = z.object({
  session: z
    .object({
      resumeURL: z.string(),
      sequence: z.number(),
      sessionId: z.string(),
      shardCount: z.number(),
      shardId: z.number(),
    })
    .optional(),
  seen: z.record(id, id),
});

/** How far a listening has come: a session that can be resumed, and the last message of each channel, for when not. */
export type Place = z.infer<typeof placeSchema>;

/** Channels that are remembered, at most: those that spoke last. */
const most = 200;

/** The place a cursor names; the very beginning when there is none, or none that makes sense. */
export function readPlace(cursor: string | undefined): Place {
  try {
    return placeSchema.parse(JSON.parse(cursor ?? ''));
  } catch {
    return { seen: {} };
  }
}

export function writePlace({ session, seen }: Place): string {
  const newest = Object.entries(seen).sort(([, a], [, b]) => (isAfter(a, b) ? -1 : 1));
  return JSON.stringify({ session, seen: Object.fromEntries(newest.slice(0, most)) });
}

/** Channels of a server as GUILD_CREATE tells them, by id: name and id of the last message. */
export function channelsOf(guild: unknown): Map<string, { name: string; last?: string }> {
  const parsed = z.object({ channels: z.array(z.unknown()) }).safeParse(guild);
  const channel = z.object({ id, name: z.string().nullish(), last_message_id: id.nullish() });
  const found = (parsed.data?.channels ?? []).flatMap((each) => channel.safeParse(each).data ?? []);
  return new Map(
    found.map(({ id: key, name, last_message_id: last }) => [
      key,
      { name: name ?? '', ...(last && { last }) },
    ]),
  );
}
