import { html } from 'hono/html';
import type { Issue, MergeRequest } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { byline } from '../view/person.ts';
import { when } from '../view/time.ts';
import type { Html } from '../view/html.ts';

const badge = (look: string, words: string): Html =>
  html`<span class="badge ${look}">${words}</span>`;

/** Open, draft, merged or closed, in colour and in words. */
export function stateBadge(item: Issue | MergeRequest): Html {
  if (item.state === 'merged') return badge('merged', 'Merged');
  if (item.state === 'closed') return badge('closed', 'Closed');
  if ('draft' in item && item.draft) return badge('draft', 'Draft');
  return badge('open', 'Open');
}

/** Title, state, number and who opened it. */
export function itemHead(visit: Visit, item: Issue | MergeRequest, sign: '#' | '!'): Html {
  return html`<div class="page-head item-head" id="head" data-region>
    <h1 dir="auto"><bdi>${item.title}</bdi> <span class="number">${sign}${item.iid}</span></h1>
    <p class="lede">
      ${stateBadge(item)} opened ${when(item.created_at, visit.now)} by ${byline(item.author)}
      ${
        'source_branch' in item
          ? html`<span class="branches"
              ><code><bdi>${item.source_branch}</bdi></code> into
              <code><bdi>${item.target_branch}</bdi></code></span
            >`
          : ''
      }
    </p>
  </div>`;
}
