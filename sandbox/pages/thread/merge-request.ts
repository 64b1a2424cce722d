import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { factsOf } from '../board/facts.ts';
import { commitList } from '../files/commits.ts';
import { layout } from '../view/layout.ts';
import { byline } from '../view/person.ts';
import { when } from '../view/time.ts';
import type { Html } from '../view/html.ts';
import { drawDiff } from './diff.ts';
import { drawEditor, editableFiles } from './editor.ts';
import { itemHead } from './head.ts';
import { drawNote, drawTimeline } from './notes.ts';
import { commentForm, description } from './parts.ts';
import { commandPanel, decidePanel, labelPanel } from './sidebar.ts';
import { readTimeline } from './timeline.ts';

const forbidden = [401, 403, 404];

/** Views of a merge request, by the end of GitLab's address. */
export type Tab = '' | 'diffs' | 'commits';

function tabs(visit: Visit, iid: number, current: Tab, changes: number, commits: number): Html {
  const entries = [
    ['', 'Overview', ''],
    ['diffs', 'Changes', String(changes)],
    ['commits', 'Commits', String(commits)],
  ] as const;
  return html`<nav class="tabs" aria-label="Merge request" id="tabs" data-region>
    ${entries.map(
      ([tab, words, number]) =>
        html`<a
          href="${visit.links.mergeRequest(iid, tab)}"
          ${tab === current ? html`aria-current="page"` : ''}
          >${words}${number ? html` <span class="count">${number}</span>` : ''}</a
        >`,
    )}
  </nav>`;
}

function about(visit: Visit, item: rest.MergeRequest): Html {
  const { issue } = factsOf(item.description);
  const by = item.merge_user ?? item.merged_by;
  return html`<section class="panel" aria-labelledby="about-title" id="about" data-region>
    <h2 id="about-title">About</h2>
    <dl>
      ${
        issue === undefined
          ? ''
          : html`<dt>Issue</dt>
              <dd><a href="${visit.links.issue(issue)}">#${issue}</a></dd>`
      }
      <dt>Reviewers</dt>
      <dd>
        ${
          item.reviewers.length === 0
            ? html`<span class="muted">nobody asked yet</span>`
            : item.reviewers.map((who, index) => html`${index > 0 ? ', ' : ''}${byline(who)}`)
        }
      </dd>
      ${
        item.merged_at
          ? html`<dt>Merged</dt>
              <dd>
                ${when(item.merged_at, visit.now)}${by ? html` by ${byline(by)}` : ''}
                ${
                  item.merge_commit_sha
                    ? html` as
                        <a href="${visit.links.commit(item.merge_commit_sha)}"
                          ><code>${item.merge_commit_sha.slice(0, 8)}</code></a
                        >`
                    : ''
                }
              </dd>`
          : html`<dt>Can be merged</dt>
              <dd>${item.detailed_merge_status.replaceAll('_', ' ') || 'not known yet'}</dd>`
      }
    </dl>
  </section>`;
}

async function overview(
  visit: Visit,
  item: rest.MergeRequest,
  diffs: readonly rest.FileDiff[],
): Promise<Html> {
  const path = `merge_requests/${String(item.iid)}`;
  const { api } = visit;
  const [labels, timeline, approvals, files] = await Promise.all([
    api.list('labels', rest.label),
    readTimeline(api, { kind: 'merge_requests', iid: item.iid }),
    unless(forbidden, api.get(`${path}/approvals`, rest.approvals), undefined),
    editableFiles(visit, item, diffs),
  ]);
  const approvedBy = (approvals?.approved_by ?? []).map(({ user }) => user);
  return html`<div class="two">
    <div class="lead">
      <div id="card" data-region class="post-card">
        ${timeline.card ? await drawNote(visit, timeline.card, timeline) : ''}
      </div>
      <div id="editors" data-region>${files.map((file) => drawEditor(visit, item, file))}</div>
      ${await description(visit, item)}
    </div>
    <aside aria-label="What you can do">
      ${decidePanel(visit, item, approvedBy)} ${commandPanel(visit)}
      ${labelPanel(visit, item, labels, false)} ${about(visit, item)}
    </aside>
    <div class="rest">
      <div id="thread" data-region>${await drawTimeline(visit, timeline)}</div>
      ${commentForm(visit)}
    </div>
  </div>`;
}

function changes(visit: Visit, item: rest.MergeRequest, diffs: readonly rest.FileDiff[]): Html {
  const ref = item.state === 'opened' ? item.source_branch : item.target_branch;
  return html`<div id="changes" data-region class="stack">
    ${
      diffs.length === 0
        ? html`<div class="empty">
            <strong>No changes</strong>
            <p>The branch holds nothing that is not on ${item.target_branch} already.</p>
          </div>`
        : diffs.map((file) =>
            drawDiff(file, file.deleted_file ? undefined : visit.links.blob(ref, file.new_path)),
          )
    }
  </div>`;
}

/** `/-/merge_requests/N`, `/diffs`, `/commits`. */
export async function mergeRequestPage(visit: Visit, iid: number, tab: Tab): Promise<Html> {
  const path = `merge_requests/${String(iid)}`;
  const item = await visit.api.get(path, rest.mergeRequest);
  const [diffs, commits] = await Promise.all([
    unless(forbidden, visit.api.list(`${path}/diffs`, rest.fileDiff), []),
    unless(forbidden, visit.api.list(`${path}/commits`, rest.commit), []),
  ]);
  const inside =
    tab === 'diffs'
      ? changes(visit, item, diffs)
      : tab === 'commits'
        ? html`<div id="commits" data-region>${commitList(visit, commits)}</div>`
        : await overview(visit, item, diffs);
  const body = html`${itemHead(visit, item, '!')}
  ${tabs(visit, iid, tab, diffs.length, commits.length)} ${inside}`;
  return layout(visit, {
    title: `${item.title} (!${String(iid)})`,
    section: 'merge requests',
    body,
    live: true,
  });
}
