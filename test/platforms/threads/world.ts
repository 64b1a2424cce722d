import { threads } from '../../../lib/platforms/threads/index.ts';
import { overLimit, startFiles, tokenRefused } from '../graph.ts';
import type { World } from '../world.ts';
import { startThreads, type Threads } from './server.ts';

/** A Threads account on a stand-in, which fetches files from where they are. */
export async function threadsWorld(): Promise<World & { server: Threads; files: string }> {
  const server = await startThreads();
  const files = await startFiles();
  const credentials = { THREADS_API: server.url, THREADS_ACCESS_TOKEN: server.token };
  return {
    server,
    files: files.url,
    platform: threads,
    credentials,
    token: () => server.token,
    connect: () =>
      threads.connect({ name: 'main', platform: 'threads' }, { fetch, now: Date.now, credentials }),
    posts: () =>
      Promise.resolve(
        [...server.things.values()]
          .filter(({ kind, by }) => kind === 'post' && by === 'desk')
          .map(({ id, text, alt, parent }) => ({
            id,
            text,
            alt,
            ...(parent !== undefined && { parent }),
          })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) => method === 'POST' && path.endsWith('/threads_publish'),
    limited: () => overLimit(7),
    refused: tokenRefused,
    image: files.image,
    missing: 'absent',
    forget: () => server.pass(3 * 86_400_000),
    async close() {
      await server.close();
      await files.close();
    },
  };
}
