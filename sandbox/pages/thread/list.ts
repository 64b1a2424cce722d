import { html } from 'hono/html';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { labelChips } from '../view/label.ts';
import { layout } from '../view/layout.ts';
import { byline } from '../view/person.ts';
import { when } from '../view/time.ts';
import { blank } from '../view/trouble.ts';
import { count } from '../view/html.ts';
import type { Html } from '../view/html.ts';
import { stateBadge } from './head.ts';

const states = ['opened', 'merged', 'closed', 'all'] as const;

function row(visit: Visit, item: rest.MergeRequest): Html {
  return html`<li class="list-row">
    <div>
      <a class="row-title" href="${visit.links.mergeRequest(item.iid)}"><bdi>${item.title}</bdi></a>
      <p class="muted">
        !${item.iid} · ${byline(item.author)} · updated ${when(item.updated_at, visit.now)} ·
        ${count(item.user_notes_count, 'comment')}
      </p>
    </div>
    <p class="row-end">${labelChips(item.labels)} ${stateBadge(item)}</p>
  </li>`;
}

/** `/-/merge_requests?state=opened`. */
export async function mergeRequestsPage(visit: Visit, asked: string | undefined): Promise<Html> {
  const state = states.find((name) => name === asked) ?? 'opened';
  const path = `merge_requests?state=${state}&order_by=updated_at&sort=desc`;
  const items = await visit.api.list(path, rest.mergeRequest, 100);
  const body = html`<div class="page-head"><h1>Merge requests</h1></div>
    <nav class="tabs" aria-label="State">
      ${states.map(
        (name) =>
          html`<a
            href="${visit.links.mergeRequests}?state=${name}"
            ${name === state ? html`aria-current="page"` : ''}
            >${name === 'opened' ? 'Open' : name[0]?.toUpperCase()}${name === 'opened' ? '' : name.slice(1)}</a
          >`,
      )}
    </nav>
    <div id="list" data-region>
      ${
        items.length === 0
          ? blank(
              state === 'opened' ? 'No open merge requests' : 'None here',
              'Every draft is a merge request of its own; they open as trends match a profile.',
            )
          : html`<ul class="list paper">
              ${items.map((item) => row(visit, item))}
            </ul>`
      }
    </div>`;
  return layout(visit, { title: 'Merge requests', section: 'merge requests', body, live: true });
}
