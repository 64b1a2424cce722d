import { Hono } from 'hono';
import type { Person } from './pages/index.ts';
import { createPages } from './pages/index.ts';
import { answerRefusal, createRouter } from './api/call.ts';
import type { Env } from './api/call.ts';
import { gitRoutes } from './api/git.ts';
import { lfsRoutes } from './api/lfs.ts';
import { addRoutes } from './api/routes.ts';
import type { SeenRequest } from './index.ts';
import { pathOf } from './model.ts';
import type { Project } from './model.ts';
import type { World } from './world.ts';

/** Requests remembered. */
const kept = 5000;

interface Parts {
  basePath: string;
  users: Readonly<Record<string, Person>>;
  project: Project;
  requests: SeenRequest[];
}

/** Everything the sandbox answers: REST, git and, at the top of a host, the pages. */
export function createApp(world: World, parts: Parts): Hono<Env> {
  const { basePath, users, project, requests } = parts;
  const app = new Hono<Env>();
  app.use('*', async (c, next) => {
    await next();
    const { method } = c.req;
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- nobody may have signed in
    const user = c.get('username') ?? '';
    requests.push({ method, path: c.req.path, user, status: c.res.status });
    if (requests.length > kept) requests.splice(0, requests.length - kept);
  });
  gitRoutes(world, app);
  lfsRoutes(world, app);
  addRoutes(createRouter(world, app));
  app.all('/api/*', (c) => {
    process.stderr.write(`sandbox: no such route: ${c.req.method} ${c.req.path}\n`);
    return c.json({ error: '404 Not Found' }, 404);
  });
  app.onError(answerRefusal);
  if (basePath !== '') return below(app, basePath);
  const pages = createPages({
    api: async (request) => app.fetch(request),
    users,
    project: { id: project.id, path: pathOf(project) },
    now: () => world.clock.now(),
  });
  app.route('/', pages as unknown as Hono<Env>);
  return app;
}

/** The same app below a sub-path. */
function below(app: Hono<Env>, basePath: string): Hono<Env> {
  const outer = new Hono<Env>();
  outer.all('*', (c) => {
    const url = new URL(c.req.url);
    if (!url.pathname.startsWith(`${basePath}/`)) return c.json({ error: '404 Not Found' }, 404);
    url.pathname = url.pathname.slice(basePath.length);
    return app.fetch(new Request(url, c.req.raw));
  });
  return outer;
}
