import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { Label } from '../rest.ts';
import type { Html } from './html.ts';

/** Class of a label: its name may hold anything, so only a hash of it stands in the style sheet. */
const classOf = (name: string): string =>
  `l-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;

/** A label as GitLab draws it: a scoped one (`pulse::review`) in two halves. */
export function labelChip(name: string): Html {
  const cut = name.lastIndexOf('::');
  return cut > 0
    ? html`<span class="label scoped ${classOf(name)}" title="${name}"
        ><bdi class="scope">${name.slice(0, cut)}</bdi
        ><bdi class="value">${name.slice(cut + 2)}</bdi></span
      >`
    : html`<span class="label ${classOf(name)}" title="${name}"
        ><bdi class="scope">${name}</bdi></span
      >`;
}

export const labelChips = (names: readonly string[]): Html =>
  html`${names.toSorted().map(labelChip)}`;

const colour = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** The colours of a project's labels as a style sheet: the content security policy allows no style attributes. */
export function labelStyles(labels: readonly Label[]): string {
  return labels
    .filter((label) => colour.test(label.color))
    .map((label) => {
      const text = colour.test(label.text_color) ? label.text_color : '#FFFFFF';
      return `.${classOf(label.name)}{--label:${label.color};--label-text:${text}}`;
    })
    .join('\n');
}
