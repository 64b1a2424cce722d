import { createHash } from 'node:crypto';
import { text, whole } from '../params.ts';
import { invalid } from '../refusal.ts';
import type { Call } from './call.ts';

/** A list of which one page is asked for. */
export class Page {
  readonly items: readonly unknown[];
  readonly present: (item: never) => unknown;
  constructor(items: readonly unknown[], present: (item: never) => unknown) {
    this.items = items;
    this.present = present;
  }
}

export const page = <T>(items: readonly T[], present: (item: T) => unknown): Page =>
  new Page(items, present);

/** Above so many GitLab counts no more. */
const counted = 10_000;

const address = (call: Call, change: Readonly<Record<string, string | undefined>>): string => {
  const asked = new URL(call.c.req.url);
  const mine = new URL(call.world.url);
  const query = asked.searchParams;
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  query.delete('private_token');
  const at = asked.pathname.indexOf('/api/v4');
  return `${mine.origin}${mine.pathname.replace(/\/$/, '')}${asked.pathname.slice(at)}?${query.toString()}`;
};

export function sendPage(call: Call, { items, present }: Page): Response {
  const perPage = Math.min(100, whole(call.params, 'per_page') ?? 20);
  if (perPage < 1) throw invalid('per_page does not have a valid value');
  const keyset = text(call.params, 'pagination') === 'keyset';
  const cursor = text(call.params, 'cursor') ?? text(call.params, 'page_token');
  const start = keyset
    ? Number(cursor === undefined ? 0 : Buffer.from(cursor, 'base64url').toString())
    : (Math.max(1, whole(call.params, 'page') ?? 1) - 1) * perPage;
  if (!Number.isSafeInteger(start)) throw invalid('cursor is invalid');
  const shown = items.slice(start, start + perPage).map((item) => present(item as never));
  const more = items.length > start + perPage;
  const headers = new Headers({ 'content-type': 'application/json' });
  const links: string[] = [];
  const link = (rel: string, change: Record<string, string | undefined>) =>
    links.push(`<${address(call, { per_page: String(perPage), ...change })}>; rel="${rel}"`);
  if (keyset) {
    if (more) {
      const next = Buffer.from(String(start + perPage)).toString('base64url');
      link('next', { page: undefined, cursor: next });
    }
  } else {
    const number = start / perPage + 1;
    const pages = Math.max(1, Math.ceil(items.length / perPage));
    const total = items.length <= counted;
    if (number > 1) link('prev', { page: String(number - 1) });
    if (more) link('next', { page: String(number + 1) });
    link('first', { page: '1' });
    if (total) link('last', { page: String(pages) });
    headers.set('x-page', String(number));
    headers.set('x-per-page', String(perPage));
    headers.set('x-next-page', more ? String(number + 1) : '');
    headers.set('x-prev-page', number > 1 ? String(number - 1) : '');
    if (total) {
      headers.set('x-total', String(items.length));
      headers.set('x-total-pages', String(pages));
    }
  }
  if (links.length > 0) headers.set('link', links.join(', '));
  const body = JSON.stringify(shown);
  const etag = `W/"${createHash('md5').update(body).digest('hex')}"`;
  headers.set('etag', etag);
  if (call.c.req.header('if-none-match') === etag)
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}
