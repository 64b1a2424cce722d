import { rename } from 'node:fs/promises';
import { outbox } from '../../../lib/platforms/outbox/index.ts';
import { keepOutboxIn, outboxEntrySchema } from '../../../lib/platforms/outbox/shelf.ts';
import { createRemote } from '../../publish/branch.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';

const idOf = (delivery: string, part: number) => `${delivery}-${String(part + 1)}`;
const account = { name: 'main', platform: 'outbox' };

/** The outbox over a real repository. */
export async function outboxWorld(): Promise<World> {
  const remote = await createRemote();
  const files = await remote.files();
  return {
    platform: outbox,
    credentials: {},
    image,
    missing: 'absent',
    problems: () => [],
    connect: async () =>
      outbox.connect(account, {
        fetch,
        now: Date.now,
        credentials: {},
        outbox: keepOutboxIn(await remote.files(), (path) => `https://desk.example/${path}`),
      }),
    async posts() {
      const paths = await files.list('outbox');
      const contents = await Promise.all(paths.map((path) => files.read(path)));
      return contents
        .map((content) => outboxEntrySchema.parse(JSON.parse(content!)))
        .sort((a, b) => a.at - b.at || a.part - b.part)
        .map(({ delivery, part, text, media }) => ({
          id: idOf(delivery, part),
          text,
          alt: media.map(({ alt }) => alt),
          ...(part > 0 && { parent: idOf(delivery, part - 1) }),
        }));
    },
    down: () => rename(remote.path, `${remote.path}-gone`),
    up: () => rename(`${remote.path}-gone`, remote.path),
    close: () => remote.remove(),
  };
}
