import type { Context, Hono } from 'hono';
import type { Env } from '../index.ts';
import type { Links } from '../links.ts';
import type { Visit } from '../visit.ts';
import { explain } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';
import { statusOf } from '../api.ts';
import { actionOf } from './actions.ts';
import type { Form } from './actions.ts';
import { issuePage } from './issue.ts';
import { mergeRequestsPage } from './list.ts';
import { mergeRequestPage } from './merge-request.ts';
import type { Subject } from './timeline.ts';

type Page = (visit: Visit) => Promise<Html>;

async function formOf(c: Context<Env>): Promise<Form> {
  const body = await c.req.parseBody();
  const texts = Object.entries(body).filter((entry) => typeof entry[1] === 'string');
  return Object.fromEntries(texts) as Form;
}

const refused = [400, 401, 403, 404, 405, 409, 422, 429] as const;

/** Does what a form asks, then shows the page again: where it was done, or with the reason why not. */
async function act(c: Context<Env>, subject: Subject, page: Page): Promise<Response> {
  const { visit } = c.var;
  const form = await formOf(c);
  const action = actionOf(form);
  try {
    const anchor = await action.run(visit, subject, form);
    return c.redirect(`${visit.path}${anchor === undefined ? '' : `#${anchor}`}`, 303);
  } catch (thrown) {
    const typed = form.body ?? form.content;
    const trouble = {
      at: action.at,
      ...explain(thrown, visit, action.what),
      ...(typed === undefined ? {} : { typed }),
    };
    const status = refused.find((code) => code === statusOf(thrown)) ?? 500;
    return c.html(await page({ ...visit, trouble }), status);
  }
}

/** Issues and merge requests at GitLab's own addresses. */
export function threadRoutes(app: Hono<Env>, { base, mergeRequests }: Links): void {
  const iid = (c: Context<Env>) => Number(c.req.param('iid'));

  app.get(`${base}/issues/:iid{\\d+}`, (c) => c.redirect(c.var.visit.links.issue(iid(c)), 302));
  app.get(`${base}/issues`, (c) => c.redirect('/'));
  app.get(`${base}/work_items`, (c) => c.redirect('/'));
  app.get(`${base}/work_items/:iid{\\d+}`, async (c) =>
    c.html(await issuePage(c.var.visit, iid(c))),
  );
  app.post(`${base}/work_items/:iid{\\d+}`, (c) =>
    act(c, { kind: 'issues', iid: iid(c) }, (visit) => issuePage(visit, iid(c))),
  );

  app.get(mergeRequests, async (c) =>
    c.html(await mergeRequestsPage(c.var.visit, c.req.query('state'))),
  );
  const one = `${mergeRequests}/:iid{\\d+}`;
  app.get(one, async (c) => c.html(await mergeRequestPage(c.var.visit, iid(c), '')));
  app.get(`${one}/diffs`, async (c) =>
    c.html(await mergeRequestPage(c.var.visit, iid(c), 'diffs')),
  );
  app.get(`${one}/commits`, async (c) =>
    c.html(await mergeRequestPage(c.var.visit, iid(c), 'commits')),
  );
  app.post(one, (c) =>
    act(c, { kind: 'merge_requests', iid: iid(c) }, (visit) => mergeRequestPage(visit, iid(c), '')),
  );
}
