import { html } from 'hono/html';
import type { Visit } from '../visit.ts';
import type { Html } from '../view/html.ts';
import type { RefPath } from './ref.ts';

/** Where one is: branch, folders, file; each leads there. */
export function crumbs({ links }: Visit, { ref, path }: RefPath): Html {
  const segments = path.split('/').filter((segment) => segment !== '');
  return html`<nav class="crumbs" aria-label="Path">
    <a href="${links.tree(ref)}" class="branch"><bdi>${ref}</bdi></a>
    ${segments.map((segment, index) => {
      const last = index === segments.length - 1;
      const here = segments.slice(0, index + 1).join('/');
      return html`<span aria-hidden="true">/</span> ${
          last
            ? html`<b aria-current="page"><bdi>${segment}</bdi></b>`
            : html`<a href="${links.tree(ref, here)}"><bdi>${segment}</bdi></a>`
        }`;
    })}
  </nav>`;
}
