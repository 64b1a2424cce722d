import { html } from 'hono/html';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { drawPost } from '../outbox/page.ts';
import { parseEntry, postsOf } from '../outbox/entries.ts';
import { decode } from '../thread/editor.ts';
import { filePath } from '../thread/actions.ts';
import { layout } from '../view/layout.ts';
import { prose } from '../view/markdown.ts';
import type { Html } from '../view/html.ts';
import { crumbs } from './crumbs.ts';
import type { RefPath } from './ref.ts';

const largest = 300_000;
const frontMatter = /^---\n([\s\S]*?)\n---\n?/;
const image = /\.(png|jpe?g|gif|webp)$/i;

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
}

async function drawMarkdown(visit: Visit, place: RefPath, text: string): Promise<Html> {
  const head = frontMatter.exec(text)?.[1];
  const words = text.replace(frontMatter, '');
  const file = (path: string) => visit.links.raw(place.ref, folderOf(place.path) + path);
  return html`${head === undefined ? '' : html`<pre class="front-matter" dir="auto">${head}</pre>`}
    <div class="prose" dir="auto">
      ${await prose(words, { projectPath: visit.projectPath, file })}
    </div>`;
}

function drawLines(text: string): Html {
  const lines = text.replace(/\n$/, '').split('\n');
  return html`<div class="table" tabindex="0">
    <table class="source">
      <tbody>
        ${lines.map(
          (line, index) =>
            html`<tr id="L${index + 1}">
              <td class="num"><a href="#L${index + 1}">${index + 1}</a></td>
              <td class="code" dir="auto">${line}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

async function draw(visit: Visit, place: RefPath, file: rest.RepositoryFile, plain: boolean) {
  if (image.test(place.path))
    return html`<img src="${visit.links.raw(place.ref, place.path)}" alt="" />`;
  if (file.size > largest)
    return html`<p class="hint">Too large to show here; the raw file holds all of it.</p>`;
  const text = decode(file.content);
  if (text.includes('\0')) return html`<p class="hint">Not a text file.</p>`;
  const entry = place.path.startsWith('outbox/') ? parseEntry(place.path, text) : undefined;
  if (entry && !plain)
    return html`<div class="feed">${postsOf([entry]).map((post) => drawPost(visit, post))}</div>`;
  if (/\.md$/i.test(place.path) && !plain) return drawMarkdown(visit, place, text);
  return drawLines(text);
}

/** `/-/blob/<ref>/<path>`: drawn, or with `?plain=1` line by line. */
export async function blobPage(visit: Visit, place: RefPath, plain: boolean): Promise<Html> {
  const { links } = visit;
  const file = await visit.api.get(filePath(place.path, place.ref), rest.file);
  const name = place.path.split('/').at(-1) ?? place.path;
  const drawn = /\.md$/i.test(name) || /^outbox\/.+\.json$/.test(place.path);
  const body = html`<div class="page-head">
      <h1><bdi>${name}</bdi></h1>
      <div class="row">
        ${
          drawn
            ? plain
              ? html`<a class="button small" href="${visit.path}">Show drawn</a>`
              : html`<a class="button small" href="${visit.path}?plain=1">Show source</a>`
            : ''
        }
        <a class="button small" href="${links.raw(place.ref, place.path)}">Raw</a>
        <a class="button small" href="${links.commits(place.ref, place.path)}">History</a>
      </div>
    </div>
    ${crumbs(visit, place)}
    <div id="file" data-region class="paper file">${await draw(visit, place, file, plain)}</div>`;
  return layout(visit, { title: name, section: 'files', body, live: true });
}
