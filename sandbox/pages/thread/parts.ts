import { html } from 'hono/html';
import type { Issue, MergeRequest } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { prose } from '../view/markdown.ts';
import { avatar } from '../view/person.ts';
import { troubleAt } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';

const hidden = /<!--[\s\S]*?-->/g;

/** The description, unless there is nothing in it to see. */
export async function description(visit: Visit, item: Issue | MergeRequest): Promise<Html> {
  const empty = item.description.replace(hidden, '').trim() === '';
  return html`<section
    class="paper prose"
    aria-label="Description"
    id="description"
    data-region
    dir="auto"
  >
    ${empty ? html`<p class="hint">No description.</p>` : await prose(item.description, visit)}
  </section>`;
}

/** Where one writes; never replaced while it holds words. */
export function commentForm(visit: Visit): Html {
  const typed = visit.trouble?.at === 'comment' ? (visit.trouble.typed ?? '') : '';
  return html`<form method="post" action="${visit.path}" class="comment-form" id="comment">
    <input type="hidden" name="do" value="comment" />
    ${avatar(visit.me)}
    <div class="stack">
      <label for="comment-body">Comment as <bdi>${visit.me.name}</bdi></label>
      <textarea
        id="comment-body"
        name="body"
        rows="4"
        required
        placeholder="Say something, or give a command: /pulse refine shorter"
      >
${typed}</textarea>
      <div class="row">
        <button class="primary">Comment</button>
        <span class="hint">Markdown works. <code>/pulse help</code> lists the commands.</span>
      </div>
      <div id="comment-trouble" data-region>${troubleAt(visit, 'comment')}</div>
    </div>
  </form>`;
}
