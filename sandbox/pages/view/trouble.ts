import { html } from 'hono/html';
import { asPulseError } from '../../../lib/errors.ts';
import { statusOf } from '../api.ts';
import type { Trouble, Visit } from '../visit.ts';
import type { Html } from './html.ts';

/** What went wrong in words for whoever sits before the page; GitLab's own words are kept. */
export function explain(
  thrown: unknown,
  visit: Visit,
  what: string,
): Pick<Trouble, 'title' | 'text'> {
  const status = statusOf(thrown);
  const error = asPulseError(thrown);
  const words = String(error.details.message).replace(/\.$/, '');
  const said = `GitLab says: ${words.includes(String(status)) ? words : `${String(status)} ${words}`}.`;
  if (status === undefined) return { title: `Could not ${what}`, text: error.message };
  if (status === 401 || status === 403)
    return {
      title: `${visit.me.name} may not ${what}`,
      text: `The role of ${visit.role} is not enough for it. ${said}`,
    };
  if (status === 404)
    return {
      title: `Could not ${what}`,
      text: `It is not there, or the role of ${visit.role} may not see it. ${said}`,
    };
  if (status === 405)
    return {
      title: `Could not ${what}`,
      text: `It is a draft, is in conflict, or is closed or merged already. ${said}`,
    };
  return { title: `Could not ${what}`, text: said };
}

/** The explanation where it happened: only drawn beside the form it belongs to. */
export function troubleAt(visit: Visit, at: string): Html | '' {
  const { trouble } = visit;
  if (trouble?.at !== at) return '';
  return html`<div class="trouble" role="alert" id="trouble">
    <strong>${trouble.title}</strong>
    <p>${trouble.text}</p>
  </div>`;
}

/** In place of something that could not be read. */
export function blank(title: string, text: string): Html {
  return html`<div class="empty">
    <strong>${title}</strong>
    <p>${text}</p>
  </div>`;
}
