import { html } from 'hono/html';
import type { Award, Note } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { emojiOf } from '../view/emoji.ts';
import { icon } from '../view/icons.ts';
import { labelChip } from '../view/label.ts';
import { prose } from '../view/markdown.ts';
import { avatar, byline, isMachine } from '../view/person.ts';
import { when } from '../view/time.ts';
import type { Html } from '../view/html.ts';
import type { Entry, LabelChange, Timeline } from './timeline.ts';

/** Emoji under a note, each with how many gave it and who. */
function reactions(awards: readonly Award[]): Html | '' {
  if (awards.length === 0) return '';
  const byName = Map.groupBy(awards, ({ name }) => name);
  return html`<p class="reactions">
    ${[...byName].map(([name, given]) => {
      const who = given.map(({ user }) => user.name).join(', ');
      return html`<span class="reaction" title="${who}: ${name}"
        ><span role="img" aria-label="${name}">${emojiOf(name) ?? `:${name}:`}</span>
        ${given.length}</span
      >`;
    })}
  </p>`;
}

/** One comment. */
export async function drawNote(visit: Visit, note: Note, timeline: Timeline): Promise<Html> {
  const edited = Date.parse(note.updated_at) - Date.parse(note.created_at) > 1000;
  const anchor = `note_${String(note.id)}`;
  return html`<article
    class="note ${isMachine(note.author.username) ? 'by-machine' : ''}"
    id="${anchor}"
  >
    ${avatar(note.author)}
    <div class="note-body">
      <header>
        ${byline(note.author)}
        <a href="#${anchor}" class="when">${when(note.created_at, visit.now)}</a>
        ${edited ? html`<small class="muted">edited ${when(note.updated_at, visit.now)}</small>` : ''}
      </header>
      <div class="prose" dir="auto">${await prose(note.body, visit)}</div>
      ${reactions(timeline.awards.get(note.id) ?? [])}
    </div>
  </article>`;
}

function drawLabels(visit: Visit, { by, at, added, removed }: LabelChange): Html {
  return html`<div class="event">
    <span class="event-mark">${icon('label')}</span>
    <p>
      ${byline(by)} ${added.length ? html`added ${added.map(labelChip)}` : ''}
      ${added.length && removed.length ? 'and' : ''}
      ${removed.length ? html`removed ${removed.map(labelChip)}` : ''} ${when(at, visit.now)}
    </p>
  </div>`;
}

/** GitLab writes the commits of a push as an HTML list; everything else in its own notes is Markdown. */
const listed = (body: string) =>
  body
    .replace(/<\/?ul>/g, '\n\n')
    .replace(/<li>/g, '\n- ')
    .replace(/<\/li>/g, '');

async function drawSystem(visit: Visit, note: Note): Promise<Html> {
  return html`<div class="event" id="note_${note.id}">
    <span class="event-mark">${icon('dot')}</span>
    <div class="event-words">
      ${byline(note.author)}
      <div class="prose inline">${await prose(listed(note.body), visit)}</div>
      ${when(note.created_at, visit.now)}
    </div>
  </div>`;
}

async function drawEntry(visit: Visit, entry: Entry, timeline: Timeline): Promise<Html> {
  if (entry.kind === 'labels') return drawLabels(visit, entry.change);
  if (entry.kind === 'system') return drawSystem(visit, entry.note);
  const [first, ...answers] = entry.notes;
  if (first === undefined) return html``;
  const below = await Promise.all(answers.map((note) => drawNote(visit, note, timeline)));
  return html`<div class="discussion">
    ${await drawNote(visit, first, timeline)}
    ${below.length > 0 ? html`<div class="answers">${below}</div>` : ''}
  </div>`;
}

/** The conversation, oldest first. */
export async function drawTimeline(visit: Visit, timeline: Timeline): Promise<Html> {
  const entries = await Promise.all(
    timeline.entries.map((entry) => drawEntry(visit, entry, timeline)),
  );
  return html`<section class="timeline" aria-label="Activity">
    ${
      entries.length === 0
        ? html`<p class="hint">Nothing said yet. Comment below, or give a command at the side.</p>`
        : entries
    }
  </section>`;
}
