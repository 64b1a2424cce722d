import { Hono } from 'hono';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { activityPage } from './activity/page.ts';
import { jobPage, pipelinePage, pipelinesPage } from './activity/pipelines.ts';
import { assetRoutes, assets } from './assets.ts';
import { boardPage } from './board/page.ts';
import { fileRoutes } from './files/routes.ts';
import { createLinks } from './links.ts';
import { stampOf } from './live.ts';
import { outboxPage } from './outbox/page.ts';
import * as rest from './rest.ts';
import { guard } from './security.ts';
import { threadRoutes } from './thread/routes.ts';
import { labelStyles } from './view/label.ts';
import { problemPage } from './view/problem.ts';
import { createVisit } from './visit.ts';
import type { PagesOptions, Visit } from './visit.ts';

export type { PagesOptions, Person } from './visit.ts';
/** What the routes of the pages find in their context. */
export interface Env {
  Variables: { visit: Visit };
}

const cookie = 'as';

/** Where to go back to: a path of ours, never another site's. */
const ownPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/';

/**
 * The desk's web pages, a client of the REST API alone. Mounted beside that API; whatever is not a page is left to it:
 * only the pages' own addresses are answered here.
 */
export function createPages(options: PagesOptions): Hono<Env> {
  const links = createLinks(options.project.path);
  const people = Object.values(options.users);
  const app = new Hono<Env>();
  app.route('/', assetRoutes());

  const visiting = async (c: Context<Env>, next: () => Promise<void>) => {
    const { pathname } = new URL(c.req.url);
    const asked = { cookie: getCookie(c, cookie), path: pathname };
    c.set('visit', createVisit(options, links, asked));
    await next();
  };
  const ours = [
    '/',
    '/outbox',
    '/activity',
    '/-/desk/*',
    `/${options.project.path}`,
    `${links.base}/*`,
  ];
  for (const path of ours) app.use(path, guard, visiting);

  app.get('/', async (c) => c.html(await boardPage(c.var.visit)));
  app.get('/outbox', async (c) => c.html(await outboxPage(c.var.visit)));
  app.get('/activity', async (c) => c.html(await activityPage(c.var.visit)));
  app.get(`/${options.project.path}`, (c) => c.redirect('/'));
  app.get(`${links.base}/boards`, (c) => c.redirect('/'));
  app.get(links.pipelines, async (c) => c.html(await pipelinesPage(c.var.visit)));
  app.get(`${links.pipelines}/:id{\\d+}`, async (c) =>
    c.html(await pipelinePage(c.var.visit, Number(c.req.param('id')))),
  );
  app.get(`${links.base}/jobs/:id{\\d+}`, async (c) =>
    c.html(await jobPage(c.var.visit, Number(c.req.param('id')))),
  );
  threadRoutes(app, links);
  fileRoutes(app, links);

  app.get(assets.labels, async (c) => {
    const labels = await c.var.visit.api.list('labels', rest.label).catch(() => []);
    return c.body(labelStyles(labels), 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'no-cache',
    });
  });
  app.get('/-/desk/stamp', async (c) => {
    const tag = `"${await stampOf(c.var.visit, ownPath(c.req.query('page')))}"`;
    c.header('ETag', tag);
    c.header('Cache-Control', 'no-store');
    return c.req.header('If-None-Match') === tag ? c.body(null, 304) : c.text(tag);
  });
  app.post('/-/desk/as', async (c) => {
    const form = await c.req.parseBody();
    const chosen = people.find(({ username }) => username === form.as);
    if (chosen)
      setCookie(c, cookie, chosen.username, { httpOnly: true, sameSite: 'Lax', path: '/' });
    return c.redirect(ownPath(form.back), 303);
  });

  app.onError((thrown, c) => problemPage(c, thrown));
  return app;
}
