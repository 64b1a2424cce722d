import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import type { Env } from './api/call.ts';
import type { World } from './world.ts';

/** Serves the app on loopback. From then on its own address is what it tells of itself. */
export function createServer(app: Hono<Env>, world: World, basePath: string, started: () => void) {
  const open = new Set<() => Promise<void>>();
  return {
    /** Port 0 takes a free one. Rejects when the port is taken. */
    listen: (port = 0): Promise<{ url: string; close: () => Promise<void> }> =>
      new Promise((resolve, reject) => {
        const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
        server.on('error', reject);
        server.on('listening', () => {
          const { port: given } = server.address() as AddressInfo;
          world.url = `http://127.0.0.1:${String(given)}${basePath}`;
          const close = () =>
            new Promise<void>((done) => {
              open.delete(close);
              server.close(() => done());
              if ('closeAllConnections' in server) server.closeAllConnections();
            });
          open.add(close);
          started();
          resolve({ url: world.url, close });
        });
      }),
    async close(): Promise<void> {
      await Promise.all([...open].map((close) => close()));
    },
  };
}
