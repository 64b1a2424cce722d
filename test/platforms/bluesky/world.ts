import { bluesky } from '../../../lib/platforms/bluesky/index.ts';
import type { World } from '../world.ts';
import { startBluesky } from './pds.ts';

interface Record {
  text: string;
  embed?: { images: { alt: string }[] };
  reply?: { parent: { uri: string } };
}

/** An account on a real Bluesky server. */
export async function blueskyWorld(): Promise<World> {
  const server = await startBluesky();
  const account = await server.account('alice');
  const connect = (service: string, identifier: string, password: string) =>
    bluesky.connect(
      { name: 'main', platform: 'bluesky' },
      {
        fetch,
        now: Date.now,
        credentials: {
          BLUESKY_SERVICE: service,
          BLUESKY_IDENTIFIER: identifier,
          BLUESKY_PASSWORD: password,
        },
      },
    );
  const limits = { close: () => Promise.resolve() };
  return {
    platform: bluesky,
    connect: () => connect(server.url, account.handle, account.password),
    async posts() {
      const posts = await server.posts(account.did);
      return posts.map(({ value }) => {
        const { text, embed, reply } = value as unknown as Record;
        const parent = posts.find(({ uri }) => uri === reply?.parent.uri)?.value;
        const alt = embed?.images.map((image) => image.alt) ?? [];
        return { text, alt, ...(parent && { parent: String(parent.text) }) };
      });
    },
    down: () => server.proxy.down(),
    up: () => server.proxy.up(),
    stranger: () => connect(server.url, account.handle, 'not the password'),
    async limited() {
      // A server of its own, whose limit on signing in is used up; the limit is the server's.
      const strict = await startBluesky({ limited: true });
      limits.close = () => strict.close();
      const bob = await strict.account('bob');
      const body = JSON.stringify({ identifier: bob.handle, password: 'wrong' });
      const headers = { 'content-type': 'application/json' };
      const address = `${strict.url}/xrpc/com.atproto.server.createSession`;
      // It takes its time over each wrong password, so they are tried all at once.
      const tries = Array.from({ length: 31 }, () =>
        fetch(address, { method: 'POST', body, headers }),
      );
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      if (!statuses.includes(429)) throw new Error('the server has no limit');
      return connect(strict.url, bob.handle, bob.password);
    },
    breaks(how) {
      server.proxy.fail((path) => {
        if (!path.endsWith('putRecord')) return 'pass';
        server.proxy.fail(() => 'pass');
        return how;
      });
    },
    async close() {
      await limits.close();
      await server.close();
    },
  };
}
