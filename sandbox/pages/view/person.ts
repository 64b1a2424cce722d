import { html } from 'hono/html';
import type { User } from '../rest.ts';
import type { Html } from './html.ts';

/** GitLab names the users of project and group access tokens so; notes carry no flag that says it. */
export const isMachine = (username: string): boolean =>
  /^(project|group)_\d+_bot/.test(username) || username.startsWith('service_account_');

const initials = (name: string): string =>
  name
    .split(/[\s._-]+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 63).toUpperCase())
    .join('') || '?';

/** A disc with initials; decoration only, the name stands beside it. */
export function avatar(who: { id: number; name: string; username: string }, size = ''): Html {
  const look = isMachine(who.username) ? 'machine' : `hue-${String(who.id % 8)}`;
  return html`<span class="avatar ${look} ${size}" aria-hidden="true">${initials(who.name)}</span>`;
}

/** A name, with a mark when it is a machine's. */
export function byline(who: User | null | undefined): Html {
  if (!who) return html`<span class="name">Somebody</span>`;
  return html`<bdi class="name" title="@${who.username}">${who.name}</bdi
    >${isMachine(who.username) ? html` <span class="tag">bot</span>` : ''}`;
}
