import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { factsOf } from '../board/facts.ts';
import { cardText } from '../board/card-note.ts';
import { pairsOf } from '../board/pairs.ts';
import { layout } from '../view/layout.ts';
import { prose } from '../view/markdown.ts';
import type { Html } from '../view/html.ts';
import { itemHead, stateBadge } from './head.ts';
import { drawTimeline } from './notes.ts';
import { commentForm, description } from './parts.ts';
import { commandPanel, issuePanel, labelPanel } from './sidebar.ts';
import { readTimeline } from './timeline.ts';

/** The merge request of an issue, if there is one this person may see. */
async function mergeRequestOf(visit: Visit, issue: rest.Issue) {
  const { mergeRequest: iid } = factsOf(issue.description);
  const forbidden = [401, 403, 404];
  if (iid !== undefined)
    return unless(
      forbidden,
      visit.api.get(`merge_requests/${String(iid)}`, rest.mergeRequest),
      undefined,
    );
  const all = visit.api.list('merge_requests?state=all', rest.mergeRequest, 500);
  return pairsOf(await unless(forbidden, all, []))(issue);
}

function mergeRequestPanel(visit: Visit, item: rest.MergeRequest | undefined): Html {
  return html`<section class="panel" aria-labelledby="mr-title" id="mr-of" data-region>
    <h2 id="mr-title">Merge request</h2>
    ${
      item === undefined
        ? html`<p class="hint">None that you can see.</p>`
        : html`<p>
              ${stateBadge(item)}
              <a href="${visit.links.mergeRequest(item.iid)}"
                ><bdi>!${item.iid} ${item.title}</bdi></a
              >
            </p>
            <p class="hint">The words, the preview and the Approve button are there.</p>`
    }
  </section>`;
}

/** `/-/work_items/N`. */
export async function issuePage(visit: Visit, iid: number): Promise<Html> {
  const subject = { kind: 'issues', iid } as const;
  const [issue, labels, timeline] = await Promise.all([
    visit.api.get(`issues/${String(iid)}`, rest.issue),
    visit.api.list('labels', rest.label),
    readTimeline(visit.api, subject),
  ]);
  const mergeRequest = await mergeRequestOf(visit, issue);
  const card = mergeRequest ? await cardText(visit, mergeRequest) : '';
  const body = html`${itemHead(visit, issue, '#')}
    <div class="two">
      <div class="lead">
        <div id="card" data-region>
          ${card ? html`<section class="paper prose preview" aria-label="The post" dir="auto">${await prose(card, visit)}</section>` : ''}
        </div>
        ${await description(visit, issue)}
      </div>
      <aside aria-label="What you can do">
        ${mergeRequestPanel(visit, mergeRequest)} ${labelPanel(visit, issue, labels, true)}
        ${commandPanel(visit)} ${issuePanel(visit, issue)}
      </aside>
      <div class="rest">
        <div id="thread" data-region>${await drawTimeline(visit, timeline)}</div>
        ${commentForm(visit)}
      </div>
    </div>`;
  return layout(visit, {
    title: `${issue.title} (#${String(iid)})`,
    section: 'board',
    body,
    live: true,
  });
}
