import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';

const folder = new URL('static/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#4f46e5"/><path d="M5 17h5l3-8 5 15 3.500-10 1.500 3h4" fill="none" stroke="#fff" stroke-width="2.600" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const load = () => {
  const sheets = readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .toSorted();
  const style = sheets.map(read).join('\n');
  const script = read('desk.js');
  const version = createHash('sha256').update(style).update(script).digest('hex').slice(0, 12);
  return { style, script, version };
};

const files = load();

/** Addresses of the static files; they change whenever the files do, so that browsers may keep them for good. */
export const assets = {
  style: `/-/desk/desk.${files.version}.css`,
  script: `/-/desk/desk.${files.version}.js`,
  icon: '/-/desk/icon.svg',
  labels: '/-/desk/labels.css',
};

/** Serves the one style sheet (the files of `static/` in the order of their names), the script and the icon. */
export function assetRoutes(): Hono {
  const app = new Hono();
  const serve = (path: string, body: string, type: string) =>
    app.get(path, (c) =>
      c.body(body, 200, {
        'Content-Type': type,
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    );
  serve(assets.style, files.style, 'text/css; charset=utf-8');
  serve(assets.script, files.script, 'text/javascript; charset=utf-8');
  serve(assets.icon, icon, 'image/svg+xml');
  app.get('/favicon.ico', (c) => c.redirect(assets.icon, 301));
  return app;
}
