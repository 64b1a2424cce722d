import { html } from 'hono/html';
import type { Issue, MergeRequest } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { icon } from '../view/icons.ts';
import { labelChips } from '../view/label.ts';
import { safeAddress } from '../view/markdown.ts';
import { isMachine } from '../view/person.ts';
import { countdown, when } from '../view/time.ts';
import { count } from '../view/html.ts';
import type { Html } from '../view/html.ts';
import { cardText } from './card-note.ts';
import { factsOf } from './facts.ts';
import type { Facts } from './facts.ts';

/** What stands on a card beside the issue itself. */
export interface Card {
  issue: Issue;
  mergeRequest: MergeRequest | undefined;
  facts: Facts;
}

/** Reads what the board shows of one post. */
export async function readCard(
  visit: Visit,
  issue: Issue,
  mergeRequest: MergeRequest | undefined,
): Promise<Card> {
  const shown = mergeRequest ? factsOf(await cardText(visit, mergeRequest)) : factsOf('');
  const { profile } = factsOf(issue.description);
  return {
    issue,
    mergeRequest,
    facts: { ...shown, ...(profile === undefined ? {} : { profile }) },
  };
}

/** The title without what stands on the card anyway. */
const bare = (title: string, profile: string | undefined): string => {
  const words = title.replace(/^draft:\s*/i, '');
  const prefix = `${profile ?? ''}: `;
  return words.startsWith(prefix) ? words.slice(prefix.length) : words;
};

function chips({ issue, facts }: Card): Html | '' {
  const other = issue.labels.filter((label) => !label.startsWith('pulse::'));
  if (!facts.profile && facts.targets.length + other.length === 0) return '';
  return html`<p class="chips">
    ${facts.profile ? html`<span class="chip profile"><bdi>${facts.profile}</bdi></span>` : ''}
    ${facts.targets.map((target) => html`<span class="chip"><bdi>${target}</bdi></span>`)}
    ${labelChips(other)}
  </p>`;
}

function outLinks(visit: Visit, { facts }: Card): Html | '' {
  const links = facts.published.flatMap(({ target, url }) => {
    const href = safeAddress(url, visit);
    return href === undefined ? [] : [{ target, href }];
  });
  if (links.length === 0) return '';
  return html`<p class="card-out">
    ${links.map(
      ({ target, href }) =>
        html`<a href="${href}" rel="noopener noreferrer"
          >${icon('out')} Out on <bdi>${target}</bdi></a
        >`,
    )}
  </p>`;
}

/** One card of the board. */
export function drawCard(visit: Visit, card: Card): Html {
  const { issue, mergeRequest, facts } = card;
  const { links, now } = visit;
  const thinking = issue.state === 'opened' && issue.labels.includes('pulse::thinking');
  return html`<li class="card">
    <a class="card-title" href="${links.issue(issue.iid)}"
      ><bdi>${bare(issue.title, facts.profile)}</bdi></a
    >
    ${facts.excerpt ? html`<p class="card-words" dir="auto">${facts.excerpt}</p>` : ''}
    ${
      thinking && facts.closes !== undefined
        ? html`<p class="card-window">
            ${icon('clock')} Window closes in ${countdown(facts.closes, now)}
          </p>`
        : ''
    }
    ${outLinks(visit, card)} ${chips(card)}
    <p class="card-foot">
      <a href="${links.issue(issue.iid)}" class="ref">#${issue.iid}</a>
      ${
        mergeRequest
          ? html`<a
              href="${links.mergeRequest(mergeRequest.iid)}"
              class="ref mr ${mergeRequest.state}"
              >!${mergeRequest.iid}</a
            >`
          : ''
      }
      <span
        title="${count(issue.user_notes_count + (mergeRequest?.user_notes_count ?? 0), 'comment')}"
        class="notes"
        >${icon('comment')} ${issue.user_notes_count + (mergeRequest?.user_notes_count ?? 0)}<span
          class="visually-hidden"
        >
          comments</span
        ></span
      >
      <span class="age"
        >${
          isMachine(issue.author.username) ? '' : html`<bdi>${issue.author.name}</bdi> · `
        }${when(issue.created_at, now)}</span
      >
    </p>
  </li>`;
}
