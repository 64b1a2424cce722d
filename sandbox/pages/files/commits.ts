import { html } from 'hono/html';
import * as rest from '../rest.ts';
import type { Commit } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { drawDiff } from '../thread/diff.ts';
import { layout } from '../view/layout.ts';
import { when } from '../view/time.ts';
import { blank } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';
import { crumbs } from './crumbs.ts';
import type { RefPath } from './ref.ts';

const timeOf = (commit: Commit) => commit.authored_date ?? commit.created_at;

/** Commits, newest first. */
export function commitList(visit: Visit, commits: readonly Commit[]): Html {
  if (commits.length === 0)
    return blank('No commits', 'Commits appear here as the file is written and edited.');
  return html`<ul class="list paper">
    ${commits.map(
      (commit) =>
        html`<li class="list-row">
          <div>
            <a class="row-title" href="${visit.links.commit(commit.id)}"
              ><bdi>${commit.title || commit.message.split('\n')[0]}</bdi></a
            >
            <p class="muted">
              <bdi>${commit.author_name}</bdi> · ${when(timeOf(commit), visit.now)}
            </p>
          </div>
          <p class="row-end"><code>${commit.id.slice(0, 8)}</code></p>
        </li>`,
    )}
  </ul>`;
}

/** `/-/commits/<ref>/<path>`: the last hundred. */
export async function commitsPage(visit: Visit, place: RefPath): Promise<Html> {
  const query = new URLSearchParams({ ref_name: place.ref });
  if (place.path) query.set('path', place.path);
  const commits = await visit.api.list(`repository/commits?${query.toString()}`, rest.commit, 100);
  const body = html`<div class="page-head"><h1>Commits</h1></div>
    ${crumbs(visit, place)}
    <div id="commits" data-region>${commitList(visit, commits)}</div>`;
  return layout(visit, { title: `Commits of ${place.ref}`, section: 'files', body, live: true });
}

/** `/-/commit/<sha>`: one commit and what it changed. */
export async function commitPage(visit: Visit, sha: string): Promise<Html> {
  const path = `repository/commits/${encodeURIComponent(sha)}`;
  const [commit, diffs] = await Promise.all([
    visit.api.get(path, rest.commit),
    visit.api.list(`${path}/diff`, rest.fileDiff, 100),
  ]);
  const [, ...more] = commit.message.split('\n');
  const words = more.join('\n').trim();
  const body = html`<div class="page-head">
      <h1 dir="auto"><bdi>${commit.title}</bdi></h1>
      <p class="lede">
        <code>${commit.id.slice(0, 12)}</code> by <bdi>${commit.author_name}</bdi>
        ${when(timeOf(commit), visit.now)}
      </p>
    </div>
    ${words ? html`<pre class="paper plain" dir="auto">${words}</pre>` : ''}
    <div class="stack">
      ${diffs.map((file) =>
        drawDiff(file, file.deleted_file ? undefined : visit.links.blob(commit.id, file.new_path)),
      )}
    </div>`;
  return layout(visit, { title: commit.title, section: 'files', body });
}
