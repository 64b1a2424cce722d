import { html } from 'hono/html';
import { assets } from '../assets.ts';
import type { Visit } from '../visit.ts';
import { avatar } from './person.ts';
import type { Html } from './html.ts';

const levels: Readonly<Record<number, string>> = {
  10: 'Guest',
  15: 'Planner',
  20: 'Reporter',
  30: 'Developer',
  40: 'Maintainer',
  50: 'Owner',
};

const can: Readonly<Record<string, string>> = {
  Guest: 'reads and comments on issues',
  Planner: 'plans issues',
  Reporter: 'reads all, labels issues',
  Developer: 'edits and approves',
  Maintainer: 'merges as well',
  Owner: 'may do everything',
};

/** Who one acts as, and the others one may be; works without script. */
function switcher({ me, role, people, links, path }: Visit): Html {
  return html`<details class="switcher" id="switcher">
    <summary aria-label="Acting as ${me.name}, ${role}. Change">
      ${avatar(me)}<span class="who"><bdi>${me.name}</bdi><small>acting as ${role}</small></span>
    </summary>
    <form method="post" action="${links.switch}" class="menu" data-plain>
      <p class="menu-title">Act as</p>
      <input type="hidden" name="back" value="${path}" />
      ${people.map(({ role: name, person }) => {
        const level = levels[person.level] ?? 'No member';
        const here = person.username === me.username;
        return html`<button
          name="as"
          value="${person.username}"
          class="menu-item"
          ${here ? html`aria-current="true"` : ''}
        >
          ${avatar(person)}<span
            ><bdi>${person.name}</bdi>
            <small
              >${name} ·
              ${name === level.toLowerCase() ? '' : `${level}, `}${can[level] ?? ''}</small
            ></span
          >
        </button>`;
      })}
    </form>
  </details>`;
}

/** What a page is made of. */
export interface Page {
  title: string;
  /** Which entry of the navigation is the current one. */
  section?: 'board' | 'merge requests' | 'outbox' | 'activity' | 'files' | 'pipelines';
  body: Html;
  /** Whether to look for changes while the page is visible. */
  live?: boolean;
  wide?: boolean;
}

/** A whole page: banner, navigation, body. */
export function layout(visit: Visit, page: Page): Html {
  const { links } = visit;
  const entries = [
    ['board', 'Board', links.board],
    ['merge requests', 'Merge requests', links.mergeRequests],
    ['outbox', 'Outbox', links.outbox],
    ['activity', 'Activity', links.activity],
    ['pipelines', 'Pipelines', links.pipelines],
    ['files', 'Files', `${links.base}/tree`],
  ] as const;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · ${visit.projectPath}</title>
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets.style}" />
        <link rel="stylesheet" href="${assets.labels}" />
        <script src="${assets.script}" defer></script>
      </head>
      <body
        ${page.live ? html`data-live="/-/desk/stamp?page=${encodeURIComponent(visit.path)}"` : ''}
      >
        <a class="skip" href="#main">Skip to content</a>
        <p class="banner">
          <strong>Sandbox:</strong> a stand-in for GitLab on this machine. Nothing here leaves it
          unless a network’s credentials are set.
        </p>
        <header class="top">
          <a class="brand" href="${links.board}"
            ><img src="${assets.icon}" alt="" width="28" height="28" /><span
              ><bdi>SocialPulse</bdi><small><bdi>${visit.projectPath}</bdi></small></span
            ></a
          >
          <nav aria-label="Main">
            ${entries.map(
              ([name, words, href]) =>
                html`<a href="${href}" ${name === page.section ? html`aria-current="page"` : ''}
                  >${words}</a
                >`,
            )}
          </nav>
          ${switcher(visit)}
        </header>
        <main id="main" class="${page.wide ? 'wide' : ''}">${page.body}</main>
        <p class="visually-hidden" role="status" id="said"></p>
      </body>
    </html>`;
}
