import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { FileDiff, MergeRequest } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { troubleAt } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';
import { filePath } from './actions.ts';

const isText = /\.(md|ya?ml|txt|json)$/i;

/** GitLab sends file contents in base64. */
export const decode = (content: string): string => Buffer.from(content, 'base64').toString('utf8');

/** Files of a merge request that can be edited in place, with what stands in them now. */
export async function editableFiles(visit: Visit, item: MergeRequest, diffs: readonly FileDiff[]) {
  if (item.state !== 'opened') return [];
  const paths = diffs
    .filter(({ deleted_file: gone, new_path: path }) => !gone && isText.test(path))
    .map(({ new_path: path }) => path)
    .slice(0, 5);
  const files = await Promise.all(
    paths.map((path) =>
      unless(
        [401, 403, 404],
        visit.api.get(filePath(path, item.source_branch), rest.file),
        undefined,
      ),
    ),
  );
  return files.filter((file) => file !== undefined);
}

/** A file in a text box. Saving it is a commit on the branch, refused when the file has changed meanwhile. */
export function drawEditor(visit: Visit, item: MergeRequest, file: rest.RepositoryFile): Html {
  const { trouble } = visit;
  const wrong = trouble?.at === 'edit' ? trouble : undefined;
  const text = wrong?.typed ?? decode(file.content);
  const rows = Math.min(28, Math.max(10, text.split('\n').length + 1));
  const name = file.file_path.split('/').at(-1) ?? file.file_path;
  const id = `edit-${file.last_commit_id.slice(0, 8)}`;
  return html`<details class="editor" id="edit-${name}" ${wrong ? html`open` : ''}>
    <summary>
      Edit the post <code><bdi>${file.file_path}</bdi></code>
    </summary>
    <form method="post" action="${visit.path}" class="stack">
      <input type="hidden" name="do" value="edit" />
      <input type="hidden" name="branch" value="${item.source_branch}" />
      <input type="hidden" name="path" value="${file.file_path}" />
      <input type="hidden" name="last_commit_id" value="${file.last_commit_id}" />
      <label for="${id}-content">Text of the file</label>
      <textarea
        id="${id}-content"
        name="content"
        rows="${rows}"
        class="mono"
        spellcheck="true"
        dir="auto"
      >
${text}</textarea>
      <label for="${id}-message">What you changed</label>
      <input id="${id}-message" name="message" placeholder="Update ${name}" autocomplete="off" />
      <div class="row">
        <button class="primary">Save to the branch</button>
        <a href="${visit.links.blob(item.source_branch, file.file_path)}"
          >Show the file as it stands</a
        >
      </div>
      ${troubleAt(visit, 'edit')}
    </form>
  </details>`;
}
