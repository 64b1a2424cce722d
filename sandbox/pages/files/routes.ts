import type { Context, Hono } from 'hono';
import type { Env } from '../index.ts';
import type { Links } from '../links.ts';
import * as rest from '../rest.ts';
import { blobPage } from './blob.ts';
import { commitPage, commitsPage } from './commits.ts';
import { splitRef } from './ref.ts';
import type { RefPath } from './ref.ts';
import { treePage } from './tree.ts';

/** Types that may be looked at; anything else is text, so that no file of the repository can run as a page. */
const images: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Files, folders and commits at GitLab's own addresses. */
export function fileRoutes(app: Hono<Env>, { base, tree }: Links): void {
  /** What stands in the address behind `view`. */
  const place = (c: Context<Env>, view: string): Promise<RefPath> => {
    const { pathname } = new URL(c.req.url);
    return splitRef(c.var.visit, decodeURIComponent(pathname.slice(`${base}/${view}/`.length)));
  };

  app.get(`${base}/tree`, async (c) => {
    const { default_branch: branch } = await c.var.visit.api.get('', rest.project);
    return c.redirect(tree(branch));
  });
  app.get(`${base}/tree/*`, async (c) =>
    c.html(await treePage(c.var.visit, await place(c, 'tree'))),
  );
  app.get(`${base}/blob/*`, async (c) =>
    c.html(await blobPage(c.var.visit, await place(c, 'blob'), c.req.query('plain') !== undefined)),
  );
  app.get(`${base}/commits/*`, async (c) =>
    c.html(await commitsPage(c.var.visit, await place(c, 'commits'))),
  );
  app.get(`${base}/commit/:sha{[0-9a-f]+}`, async (c) =>
    c.html(await commitPage(c.var.visit, c.req.param('sha'))),
  );
  app.get(`${base}/raw/*`, async (c) => {
    const { ref, path } = await place(c, 'raw');
    const address = `repository/files/${encodeURIComponent(path)}/raw?ref=${encodeURIComponent(ref)}`;
    const response = await c.var.visit.api.raw(address);
    const ending = path.split('.').at(-1)?.toLowerCase() ?? '';
    return c.body(await response.arrayBuffer(), 200, {
      'Content-Type': images[ending] ?? 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
    });
  });
}
