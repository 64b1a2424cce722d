import { html } from 'hono/html';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { icon } from '../view/icons.ts';
import { layout } from '../view/layout.ts';
import { blank } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';
import { crumbs } from './crumbs.ts';
import type { RefPath } from './ref.ts';

/** Folders first, then files, each by name. Pure. */
export function orderEntries(entries: readonly rest.TreeEntry[]): readonly rest.TreeEntry[] {
  const rank = ({ type }: rest.TreeEntry) => (type === 'tree' ? 0 : 1);
  return entries.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function branchMenu({ links }: Visit, current: string, names: readonly string[]): Html {
  return html`<details class="branches-menu" id="branches">
    <summary>Branches <span class="count">${names.length}</span></summary>
    <ul class="menu">
      ${names.map(
        (name) =>
          html`<li>
            <a
              class="menu-item"
              href="${links.tree(name)}"
              ${name === current ? html`aria-current="true"` : ''}
              ><bdi>${name}</bdi></a
            >
          </li>`,
      )}
    </ul>
  </details>`;
}

/** `/-/tree/<ref>/<path>`. */
export async function treePage(visit: Visit, place: RefPath): Promise<Html> {
  const { api, links } = visit;
  const query = new URLSearchParams({ ref: place.ref });
  if (place.path) query.set('path', place.path);
  const [entries, branches] = await Promise.all([
    api.list(`repository/tree?${query.toString()}`, rest.treeEntry, 500),
    api.list('repository/branches', rest.branch, 300),
  ]);
  const body = html`<div class="page-head">
      <h1>Files</h1>
      <div class="row">
        <a class="button small" href="${links.commits(place.ref, place.path)}">Commits</a>
        ${branchMenu(
          visit,
          place.ref,
          branches.map(({ name }) => name),
        )}
      </div>
    </div>
    ${crumbs(visit, place)}
    <div id="tree" data-region>
      ${
        entries.length === 0
          ? blank('Nothing here', 'This branch holds no such folder.')
          : html`<ul class="list paper files">
              ${orderEntries(entries).map(
                ({ type, name, path }) =>
                  html`<li class="list-row">
                    <a
                      class="row-title"
                      href="${type === 'tree' ? links.tree(place.ref, path) : links.blob(place.ref, path)}"
                      >${icon(type === 'tree' ? 'folder' : 'file')}
                      <bdi>${name}</bdi>${type === 'tree' ? '/' : ''}</a
                    >
                  </li>`,
              )}
            </ul>`
      }
    </div>`;
  return layout(visit, { title: place.path || place.ref, section: 'files', body, live: true });
}
