import { discord } from '../../../lib/platforms/discord/index.ts';
import { startHost } from '../host.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { discordCheck } from './check.ts';
import { shownOf } from './markdown.ts';
import { channel, createDiscord, me, recorded, token } from './server.ts';

/** A stand-in for Discord, a bot and a channel; also gives the server, for tests of what only Discord has. */
export async function startDiscord() {
  const server = createDiscord();
  const host = await startHost(server.app, discordCheck());
  const credentials = { DISCORD_API: `${host.url}/api`, DISCORD_BOT_TOKEN: token };
  const settings = { channel };
  const connect = (changes: Record<string, string> = {}) =>
    discord.connect(
      { name: 'main', platform: 'discord', ...settings },
      { fetch, now: Date.now, credentials: { ...credentials, ...changes } },
    );
  return { server, host, credentials, settings, connect };
}

export async function discordWorld(): Promise<World> {
  const { server, host, credentials, settings, connect } = await startDiscord();
  return {
    platform: discord,
    connect: () => connect(),
    settings,
    credentials,
    posts: () =>
      Promise.resolve(
        server.messages
          .filter(({ author }) => author.id === me.id)
          .map(({ id, content, attachments, message_reference: above }) => ({
            id: `${channel}/${id}`,
            text: shownOf(content),
            alt: attachments.flatMap(({ description }) => description ?? []),
            ...(above && { parent: `${channel}/${above.message_id}` }),
          })),
      ),
    proxy: host.proxy,
    problems: () => host.problems,
    acts: (path, method) => method === 'POST' && path.endsWith('/messages'),
    limited() {
      const { status = 429, headers = {}, body } = recorded('error_429_user');
      return { status, headers, body, until: Date.now() + 64_570 };
    },
    refused: () => ({ status: 401, body: { message: '401: Unauthorized', code: 0 } }),
    image,
    missing: 'absent',
    forget: () => void (server.state.ahead += 600_000),
    close: () => host.close(),
  };
}
