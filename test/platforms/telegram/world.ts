import { telegram } from '../../../lib/platforms/telegram/index.ts';
import { startHost } from '../host.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { telegramCheck } from './check.ts';
import { chat, createTelegram, recordedError, token } from './server.ts';

/** A stand-in for Telegram, a bot and a channel; also gives the server, for tests of what only Telegram has. */
export async function startTelegram() {
  const server = createTelegram();
  const host = await startHost(server.app, telegramCheck());
  const credentials = { TELEGRAM_API: host.url, TELEGRAM_BOT_TOKEN: token };
  const settings = { chat: `@${chat.username}` };
  const connect = (changes: Record<string, string> = {}) =>
    telegram.connect(
      { name: 'main', platform: 'telegram', ...settings },
      { fetch, now: Date.now, credentials: { ...credentials, ...changes } },
    );
  return { server, host, credentials, settings, connect };
}

export async function telegramWorld(): Promise<World> {
  const { server, host, credentials, settings, connect } = await startTelegram();
  const name = (id: number) => `${chat.id}/${id}`;
  return {
    platform: telegram,
    connect: () => connect(),
    settings,
    credentials,
    posts() {
      const groups = new Set<string>();
      const firsts = [...server.messages.values()].filter(({ media_group_id: group }) => {
        const seen = group !== undefined && groups.has(group);
        if (group !== undefined) groups.add(group);
        return !seen;
      });
      return Promise.resolve(
        firsts.map(({ message_id, text, caption, poll, reply_to_message: above }) => ({
          id: name(message_id),
          text: text ?? caption ?? poll?.question ?? '',
          alt: [],
          ...(above && { parent: name(above.message_id) }),
        })),
      );
    },
    proxy: host.proxy,
    problems: () => host.problems,
    acts: (path) => /\/send\w+$/.test(path),
    limited() {
      const { status, headers, body } = recordedError('429');
      return { status, headers, body, until: Date.now() + 35_000 };
    },
    refused: () => recordedError('401'),
    image,
    missing: 'unknown',
    close: () => host.close(),
  };
}
