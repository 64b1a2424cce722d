import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Issue, MergeRequest, User } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { subjectPath } from '../thread/timeline.ts';
import { cardMark, labelChanges } from '../thread/timeline.ts';
import type { Subject } from '../thread/timeline.ts';
import { icon } from '../view/icons.ts';
import { labelChip } from '../view/label.ts';
import { layout } from '../view/layout.ts';
import { avatar, byline } from '../view/person.ts';
import { when } from '../view/time.ts';
import { blank } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';
import { pipelineStatus } from './status.ts';

/** How many of the latest changed issues and merge requests are looked into. */
const looked = 15;
const shown = 80;
const forbidden = [401, 403, 404];

interface Happening {
  at: string;
  who: User | null;
  what: Html;
}

/** The words of a note without marks, short. */
function excerpt(body: string): string {
  const words = body
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/[#*`>|_]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > 160 ? `${words.slice(0, 160)}…` : words;
}

async function around(visit: Visit, subject: Subject, item: Issue): Promise<Happening[]> {
  const { api, links } = visit;
  const path = subjectPath(subject);
  const [notes, events] = await Promise.all([
    unless(forbidden, api.list(`${path}/notes?sort=desc&order_by=created_at`, rest.note, 20), []),
    unless(forbidden, api.list(`${path}/resource_label_events`, rest.labelEvent), []),
  ]);
  const isIssue = subject.kind === 'issues';
  const href = isIssue ? links.issue(item.iid) : links.mergeRequest(item.iid);
  const ref = `${isIssue ? '#' : '!'}${String(item.iid)}`;
  const link = (anchor = '') =>
    html`<a href="${href}${anchor}"><bdi>${ref} ${item.title}</bdi></a>`;

  const opened = { at: item.created_at, who: item.author, what: html`opened ${link()}` };
  const said = notes.map((note): Happening => {
    const on = link(`#note_${String(note.id)}`);
    const words = html`<span class="quote" dir="auto">${excerpt(note.body)}</span>`;
    const what = note.system
      ? html`${excerpt(note.body)} on ${on}`
      : note.body.includes(cardMark)
        ? html`put the card on ${on}`
        : html`commented on ${on} ${words}`;
    return { at: note.created_at, who: note.author, what };
  });
  const labelled = labelChanges(events).map(({ by, at, added, removed }): Happening => {
    const gone =
      removed.length > 0 ? html`${added.length ? ', ' : ''}removed ${removed.map(labelChip)}` : '';
    const what = html`${added.length > 0 ? html`added ${added.map(labelChip)}` : ''}${gone} on
    ${link()}`;
    return { at, who: by, what };
  });
  return [opened, ...said, ...labelled];
}

function merges({ links }: Visit, items: readonly MergeRequest[]): Happening[] {
  return items.flatMap((item) => {
    if (!item.merged_at) return [];
    const link = html`<a href="${links.mergeRequest(item.iid)}"
      ><bdi>!${item.iid} ${item.title}</bdi></a
    >`;
    const who = item.merge_user ?? item.merged_by ?? null;
    return [{ at: item.merged_at, who, what: html`merged ${link}` }];
  });
}

/** `/activity`: what happened last, whoever did it. */
export async function activityPage(visit: Visit): Promise<Html> {
  const { api, links, now } = visit;
  const latest = `state=all&order_by=updated_at&sort=desc`;
  const [issues, mergeRequests, pipelines] = await Promise.all([
    api.list(`issues?${latest}`, rest.issue, looked),
    unless(forbidden, api.list(`merge_requests?${latest}`, rest.mergeRequest, looked), []),
    unless(forbidden, api.list('pipelines', rest.pipeline, 20), []),
  ]);
  const found = await Promise.all([
    ...issues.map((item) => around(visit, { kind: 'issues', iid: item.iid }, item)),
    ...mergeRequests.map((item) => around(visit, { kind: 'merge_requests', iid: item.iid }, item)),
  ]);
  const runs = pipelines.map((pipeline): Happening => {
    const link = html`<a href="${links.pipeline(pipeline.id)}">pipeline ${pipeline.id}</a>`;
    const what = html`${link} on <bdi>${pipeline.ref}</bdi> ${pipelineStatus(pipeline.status)}`;
    return { at: pipeline.created_at, who: null, what };
  });
  const all = [...found.flat(), ...merges(visit, mergeRequests), ...runs]
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, shown);
  const body = html`<div class="page-head">
      <h1>Activity</h1>
    </div>
    <div id="activity" data-region>
      ${
        all.length === 0
          ? blank('Nothing has happened yet', 'Comments, labels, merges and pipelines appear here.')
          : html`<ul class="list paper activity">
              ${all.map(
                ({ at, who, what }) =>
                  html`<li class="list-row">
                    ${who ? avatar(who) : html`<span class="avatar plain-disc">${icon('gear')}</span>`}
                    <div class="grow">${who ? byline(who) : ''} ${what}</div>
                    <p class="row-end muted">${when(at, now)}</p>
                  </li>`,
              )}
            </ul>`
      }
    </div>`;
  return layout(visit, { title: 'Activity', section: 'activity', body, live: true });
}
