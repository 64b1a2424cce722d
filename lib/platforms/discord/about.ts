import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Deadline } from '../outgoing.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Call } from './call.ts';

const id = z.string().regex(/^\d+$/);
const channelSchema = z.object({
  guild_id: id.nullish(),
  last_message_id: id.nullish(),
  name: z.string().nullish(),
});
const userSchema = z.object({ id, username: z.string() });
const guildSchema = z.object({ premium_tier: z.number().int() });

/** What Discord says of our bot, its channel and the channel's server. */
export function createAbout(call: Call, channel: string, cache: Surroundings['cache']) {
  let user: Promise<z.infer<typeof userSchema>> | undefined;
  const askUser = async () => {
    const got = await call({ operation: 'read' }, (rest) => rest.get(Routes.user()));
    return read(userSchema, got);
  };
  const askChannel = async (deadline?: Deadline) => {
    const about = { operation: 'read', deadline };
    return read(channelSchema, await call(about, (rest) => rest.get(Routes.channel(channel))));
  };
  const key = `discord-guild-${channel}`;
  let guild = cache?.get(key);
  return {
    channel: askChannel,
    /** Our bot; asked for once. */
    me() {
      const mine = (user ??= askUser());
      mine.catch(() => (user = undefined));
      return mine;
    },
    /** Id of the server the channel belongs to; `@me` for messages between two. Asked for once. */
    async guild(deadline?: Deadline): Promise<string> {
      if (guild === undefined) {
        guild = (await askChannel(deadline)).guild_id ?? '@me';
        cache?.set(key, guild);
      }
      return guild;
    },
    /** How often the server was boosted, 0 to 3. */
    async tier(guildId: string): Promise<number> {
      if (guildId === '@me') return 0;
      const got = await call({ operation: 'read' }, (rest) => rest.get(Routes.guild(guildId)));
      return read(guildSchema, got).premium_tier;
    },
  };
}

/** Parsed, or an error that says no more than that it could not be. */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Error(`its answer made no sense${place === '' ? '' : ` (${place})`}`);
}
