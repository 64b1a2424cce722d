import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { postOf } from '../board/pairs.ts';
import { filePath } from '../thread/actions.ts';
import { decode } from '../thread/editor.ts';
import { icon } from '../view/icons.ts';
import { layout } from '../view/layout.ts';
import { avatar } from '../view/person.ts';
import { when } from '../view/time.ts';
import { blank } from '../view/trouble.ts';
import { count } from '../view/html.ts';
import type { Html } from '../view/html.ts';
import { parseEntry, postsOf } from './entries.ts';
import type { Kept, OutboxPost } from './entries.ts';

const branch = 'pulse-state';
const most = 100;

/** Files never change once written, so one read each is enough; the oldest are forgotten first. */
const seen = new Map<string, Kept | undefined>();

async function read({ api }: Visit, entry: rest.TreeEntry): Promise<Kept | undefined> {
  const key = `${entry.id} ${entry.path}`;
  if (seen.has(key)) return seen.get(key);
  const file = await api.get(filePath(entry.path, branch), rest.file);
  const kept = parseEntry(entry.path, decode(file.content));
  seen.set(key, kept);
  const [oldest] = seen.keys();
  if (seen.size > 1000 && oldest !== undefined) seen.delete(oldest);
  return kept;
}

/** Number that is the same for the same account, for the colour of its disc. */
const hue = (name: string): number =>
  Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);

function drawPart(visit: Visit, { key, entry }: Kept, of: number): Html {
  return html`<div class="part" id="${key}">
    ${entry.reply === undefined ? '' : html`<p class="post-text" dir="auto">↩ ${entry.reply}</p>`}
    ${entry.title === undefined ? '' : html`<p class="post-text" dir="auto"><b>${entry.title}</b></p>`}
    <p class="post-text" dir="auto">${entry.text}</p>
    ${entry.poll.map((option) => html`<p class="post-text" dir="auto">◯ ${option}</p>`)}
    ${entry.link === undefined ? '' : html`<p class="post-text" dir="auto">🔗 ${entry.link}</p>`}
    ${entry.media.map(
      ({ name, alt }) =>
        html`<figure>
          ${icon('image')}
          <figcaption dir="auto">
            ${alt || html`<em>No alt text</em>`}<small><bdi>${name.split('/').at(-1)}</bdi></small>
          </figcaption>
        </figure>`,
    )}
    <p class="part-foot">
      ${of > 1 ? html`<span class="tag">${entry.part + 1} / ${of}</span>` : ''}
      <a href="${visit.links.blob(branch, `outbox/${key}.json`)}">File</a>
      <a href="/outbox#${key}">Permalink</a>
    </p>
  </div>`;
}

/** One post as its readers would have seen it. */
export function drawPost(visit: Visit, post: OutboxPost, issue?: number): Html {
  const of = Math.max(post.parts.length, ...post.parts.map(({ entry }) => entry.part + 1));
  return html`<article class="post ${of > 1 ? 'in-thread' : ''}" id="post-${post.delivery}">
    <header>
      ${avatar({ id: hue(post.account), name: post.account, username: post.account }, 'large')}
      <p>
        <b><bdi>${post.account}</bdi></b> ${when(post.at, visit.now)}
      </p>
      ${
        issue === undefined
          ? ''
          : html`<a class="ref" href="${visit.links.issue(issue)}">Issue #${issue}</a>`
      }
    </header>
    ${post.parts.map((part) => drawPart(visit, part, of))}
  </article>`;
}

/** The issue of each post, by the post's id. */
async function issuesOf({ api }: Visit): Promise<ReadonlyMap<string, number>> {
  const issues = await api.list('issues?state=all', rest.issue, 500);
  return new Map(
    issues.flatMap(({ iid, description }) => {
      const post = postOf(description);
      return post === undefined ? [] : [[post, iid] as const];
    }),
  );
}

/** `/outbox`: what would have been sent, newest first. */
export async function outboxPage(visit: Visit): Promise<Html> {
  const query = `repository/tree?path=outbox&ref=${branch}`;
  const tree = await unless([404], visit.api.list(query, rest.treeEntry, 1000), []);
  const files = tree.filter(({ path }) => /^outbox\/[\w.-]+\.json$/.test(path));
  const kept = await Promise.all(files.map((file) => read(visit, file)));
  const issues = await issuesOf(visit);
  const posts = postsOf(kept.filter((one) => one !== undefined));
  const body = html`<div class="page-head">
      <h1>Outbox</h1>
      <p class="lede" id="lede" data-region>
        ${posts.length > 0 ? `${count(posts.length, 'post')} that would have been sent.` : ''}
      </p>
    </div>
    <div id="outbox" data-region class="feed">
      ${
        posts.length === 0
          ? blank(
              'Nothing has gone out yet',
              'Approve a post on the board: label, Approve button, merge, or /pulse approve. It stands here a moment later.',
            )
          : posts
              .slice(0, most)
              .map((post) =>
                drawPost(visit, post, issues.get(post.delivery.replace(/\.[^.]*$/, ''))),
              )
      }
      ${posts.length > most ? html`<p class="hint">and ${posts.length - most} older</p>` : ''}
    </div>`;
  return layout(visit, { title: 'Outbox', section: 'outbox', body, live: true });
}
