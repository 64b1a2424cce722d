import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { layout } from '../view/layout.ts';
import { count } from '../view/html.ts';
import type { Html } from '../view/html.ts';
import { drawCard, readCard } from './card.ts';
import { columnsOf } from './columns.ts';
import type { Column } from './columns.ts';
import { pairsOf } from './pairs.ts';

/** More cards than anybody reads; the rest is counted. */
const most = 40;

async function drawColumn(
  visit: Visit,
  column: Column,
  pair: ReturnType<typeof pairsOf>,
): Promise<Html> {
  const shown = column.issues.slice(0, most);
  const cards = await Promise.all(shown.map((issue) => readCard(visit, issue, pair(issue))));
  const rest = column.issues.length - shown.length;
  return html`<section
    class="column ${column.title.replaceAll(/[^a-z]/g, '')}"
    aria-label="${column.title}"
  >
    <h2><bdi>${column.title}</bdi> <span class="count">${column.issues.length}</span></h2>
    <ul>
      ${cards.map((card) => drawCard(visit, card))}
    </ul>
    ${cards.length === 0 ? html`<p class="hint">${column.hint}</p>` : ''}
    ${rest > 0 ? html`<p class="hint">and ${rest} more</p>` : ''}
  </section>`;
}

const welcome = html`<div class="empty welcome">
  <strong>The desk is empty</strong>
  <p>
    Drafts appear here by themselves as soon as something that matters to a profile is found. The
    schedule runs the jobs that look for it; you can also add a post by hand in a merge request.
  </p>
</div>`;

/** `/`: the board of posts by where they stand. */
export async function boardPage(visit: Visit): Promise<Html> {
  const { api } = visit;
  const [labels, issues, mergeRequests] = await Promise.all([
    api.list('labels', rest.label),
    api.list('issues?state=all&order_by=updated_at&sort=desc', rest.issue, 500),
    unless([401, 403, 404], api.list('merge_requests?state=all', rest.mergeRequest, 500), []),
  ]);
  const names = labels.map(({ name }) => name);
  const columns = columnsOf(names, issues);
  const pair = pairsOf(mergeRequests);
  const waiting = columns.find(({ title }) => title === 'review')?.issues.length ?? 0;
  const body = html`<div class="page-head">
      <h1>Board</h1>
      <p class="lede" id="lede" data-region>
        ${
          waiting > 0
            ? html`${count(waiting, 'post')} ${waiting === 1 ? 'waits' : 'wait'} for a decision.`
            : 'Nothing waits for a decision.'
        }
      </p>
    </div>
    <div id="welcome" data-region>${issues.length === 0 ? welcome : ''}</div>
    <div class="board" id="board" data-region tabindex="0" role="region" aria-label="Board">
      ${await Promise.all(columns.map((column) => drawColumn(visit, column, pair)))}
    </div>`;
  return layout(visit, { title: 'Board', section: 'board', body, live: true, wide: true });
}
