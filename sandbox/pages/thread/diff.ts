import { html } from 'hono/html';
import type { FileDiff } from '../rest.ts';
import type { Html } from '../view/html.ts';

/** One line of a change; `hunk` lines carry the head of a hunk. */
export interface DiffLine {
  kind: 'hunk' | 'added' | 'removed' | 'same';
  old?: number;
  new?: number;
  text: string;
}

const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;

/** Lines of a unified diff with their numbers in both files. Pure; what comes before the first hunk is left out. */
export function diffLines(diff: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  for (const line of diff.replace(/\n$/, '').split('\n')) {
    const head = hunk.exec(line);
    if (head) {
      before = Number(head[1]);
      after = Number(head[2]);
      lines.push({ kind: 'hunk', text: line });
      continue;
    }
    if (lines.length === 0 || line.startsWith('\\')) continue;
    const text = line.slice(1);
    if (line.startsWith('+')) lines.push({ kind: 'added', new: after++, text });
    else if (line.startsWith('-')) lines.push({ kind: 'removed', old: before++, text });
    else lines.push({ kind: 'same', old: before++, new: after++, text });
  }
  return lines;
}

const signs = { hunk: '', added: '+', removed: '−', same: '' } as const;

function drawLine(line: DiffLine): Html {
  if (line.kind === 'hunk')
    return html`<tr class="hunk">
      <td colspan="3"></td>
      <td>${line.text}</td>
    </tr>`;
  return html`<tr class="${line.kind}">
    <td class="num">${line.old ?? ''}</td>
    <td class="num">${line.new ?? ''}</td>
    <td class="sign">${signs[line.kind]}</td>
    <td class="code" dir="auto">${line.text}</td>
  </tr>`;
}

/** One changed file. `href` leads to the whole file. */
export function drawDiff(file: FileDiff, href: string | undefined): Html {
  const lines = diffLines(file.diff);
  const added = lines.filter(({ kind }) => kind === 'added').length;
  const removed = lines.filter(({ kind }) => kind === 'removed').length;
  const name = file.deleted_file ? file.old_path : file.new_path;
  const fate = file.new_file
    ? 'new'
    : file.deleted_file
      ? 'deleted'
      : file.renamed_file
        ? 'renamed'
        : '';
  return html`<section class="diff" aria-label="${name}">
    <header>
      <code><bdi>${href ? html`<a href="${href}">${name}</a>` : name}</bdi></code>
      ${fate ? html`<span class="tag">${fate}</span>` : ''}
      <span class="diff-count"><b class="plus">+${added}</b> <b class="minus">−${removed}</b></span>
    </header>
    <div class="table" tabindex="0">
      <table>
        <tbody>
          ${lines.map(drawLine)}
        </tbody>
      </table>
    </div>
    ${lines.length === 0 ? html`<p class="hint">No lines changed.</p>` : ''}
  </section>`;
}
