import { startBluesky } from '../platforms/bluesky/pds.ts';
import type { Proxy } from '../platforms/proxy.ts';
import { type Scene, setScene, type Timing } from './scene.ts';
import type { Orders } from './plan.ts';
import { startWall } from './wall.ts';

/** A network to publish to, which can make any number of scenes that do not see each other. */
export interface Network {
  scene(parts: Orders['parts'], timing?: Timing): Promise<Scene & { out(): Promise<Out[]> }>;
  close(): Promise<void>;
}

/** A post that is out. */
export interface Out {
  id: string;
  text: string;
}

export const outboxNetwork = (): Promise<Network> =>
  Promise.resolve({
    async scene(parts, timing) {
      const scene = await setScene('outbox', parts, {}, timing);
      return { ...scene, out: () => scene.outbox() };
    },
    close: () => Promise.resolve(),
  });

export async function blueskyNetwork(): Promise<Network & { proxy: Proxy }> {
  const server = await startBluesky();
  let accounts = 0;
  return {
    proxy: server.proxy,
    async scene(parts, timing) {
      accounts += 1;
      const account = await server.account(`desk${String(accounts)}`);
      const credentials = {
        BLUESKY_SERVICE: server.url,
        BLUESKY_IDENTIFIER: account.handle,
        BLUESKY_PASSWORD: account.password,
      };
      const scene = await setScene('bluesky', parts, credentials, timing);
      return {
        ...scene,
        async out() {
          const posts = await server.posts(account.did);
          return posts.map(({ uri, value }) => ({ id: uri, text: String(value.text) }));
        },
      };
    },
    close: () => server.close(),
  };
}

/** `mute` cannot be asked what is there. */
export function wallNetwork(name: 'wall' | 'mute'): Promise<Network> {
  return Promise.resolve({
    async scene(parts, timing) {
      const server = await startWall();
      const scene = await setScene(name, parts, { WALL: server.url }, timing);
      const close = async () => {
        await scene.close();
        await server.close();
      };
      return { ...scene, out: () => Promise.resolve(server.entries), close };
    },
    close: () => Promise.resolve(),
  });
}
