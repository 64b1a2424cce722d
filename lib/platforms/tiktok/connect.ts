import { z } from 'zod';
import { refusal } from '../parts.ts';
import type { Connection, Surroundings } from '../platform.ts';
import { createTikTok } from './call.ts';
import type { Settings } from './compose.ts';
import { askCreator } from './creator.ts';
import { findPost } from './find.ts';
import { publishPost } from './publish.ts';
import { metricsOf, readOwn } from './read.ts';

const user = z.object({ user: z.object({ open_id: z.string() }) });

export function connectTikTok(
  settings: Settings,
  api: string | undefined,
  token: string | undefined,
  surroundings: Surroundings,
): Connection {
  const tiktok = createTikTok(api, token, surroundings);
  return {
    async publish(outgoing, index, attempt) {
      if (index > 0) throw refusal('TikTok', 'a post has one part');
      return publishPost(tiktok, settings, outgoing, attempt);
    },
    find: async (outgoing, index, handles) =>
      index > 0 ? 'absent' : findPost(tiktok, outgoing, handles),
    metrics: (receipts) => metricsOf(tiktok, receipts),
    async whoami() {
      const { creator_username: name } = await askCreator(tiktok);
      const found = await tiktok.ask(user, {
        operation: 'read',
        method: 'GET',
        path: 'user/info/?fields=open_id',
      });
      const url = `https://www.tiktok.com/@${name}`;
      return { id: found.user.open_id, name: `@${name}`, url };
    },
    own: (since) => readOwn(tiktok, since),
  };
}
