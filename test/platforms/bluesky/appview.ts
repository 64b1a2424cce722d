import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';

/** What a server cannot tell by itself and asks the AppView for, a service that sees the whole network. */
export interface AppView {
  url: string;
  did: string;
  /** Posts as it shows them, newest first. */
  show(posts: () => Promise<readonly object[]>): void;
  notifications: object[];
  /** Methods asked for, and by which account, as the server signed for it. */
  asked: { method: string; by: string }[];
  close(): Promise<void>;
}

/** A stand-in for it on loopback: counts are made up, the rest is what it is told. */
export async function startAppView(): Promise<AppView> {
  const app = new Hono();
  const asked: AppView['asked'] = [];
  const notifications: object[] = [];
  let posts: () => Promise<readonly object[]> = () => Promise.resolve([]);
  app.use(async (context, next) => {
    const [, payload = ''] = (context.req.header('authorization') ?? '').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}') as object;
    const by = 'iss' in claims ? String(claims.iss) : '';
    asked.push({ method: context.req.path.split('/').at(-1) ?? '', by });
    await next();
  });
  app.get('/xrpc/app.bsky.feed.getPosts', async (context) => {
    const uris = context.req.queries('uris') ?? [];
    const known = (await posts()) as { uri: string }[];
    return context.json({ posts: known.filter(({ uri }) => uris.includes(uri)) });
  });
  app.get('/xrpc/app.bsky.feed.searchPosts', async (context) =>
    context.json({ posts: await posts() }),
  );
  app.get('/xrpc/app.bsky.feed.getAuthorFeed', async (context) =>
    context.json({ feed: (await posts()).map((post) => ({ post })) }),
  );
  app.get('/xrpc/app.bsky.notification.listNotifications', (context) =>
    context.json({ notifications: [...notifications, { reason: 'mention' }] }),
  );
  app.get('/xrpc/app.bsky.unspecced.getTrends', (context) =>
    context.json({
      trends: [
        { displayName: 'Bitcoin', link: '/profile/trending.bsky.app/feed/1', postCount: 1204 },
        { displayName: 7 },
      ],
    }),
  );
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(started),
    );
  });
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    did: 'did:web:appview.test',
    show: (next) => void (posts = next),
    notifications,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
