import { html } from 'hono/html';
import type { Issue, Label, MergeRequest } from '../rest.ts';
import type { Visit } from '../visit.ts';
import { icon } from '../view/icons.ts';
import { labelChip } from '../view/label.ts';
import { byline } from '../view/person.ts';
import { troubleAt } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';

/** Statuses a person may ask for with one click. */
const asks: readonly (readonly [label: string, words: string])[] = [
  ['pulse::approved', 'Approve label'],
  ['pulse::review', 'Back to review'],
  ['pulse::held', 'Hold'],
  ['pulse::rejected', 'Reject'],
];

/** A form with one hidden word of what to do; its buttons say to what. */
const doing = (visit: Visit, name: string, inside: Html): Html =>
  html`<form method="post" action="${visit.path}" class="row">
    <input type="hidden" name="do" value="${name}" />${inside}
  </form>`;

/** The labels with a cross each, the statuses one click away (`decides`: the first as the main button), any other. */
export function labelPanel(
  visit: Visit,
  item: Issue,
  labels: readonly Label[],
  decides: boolean,
): Html {
  return html`<section class="panel" aria-labelledby="labels-title" id="labels" data-region>
    <h2 id="labels-title">Labels</h2>
    ${
      item.labels.length === 0
        ? html`<p class="hint">None yet.</p>`
        : doing(
            visit,
            'unlabel',
            html`${item.labels
              .toSorted()
              .map(
                (name) =>
                  html`<span class="label-held"
                    >${labelChip(name)}<button
                      name="value"
                      value="${name}"
                      class="cross"
                      aria-label="Remove label ${name}"
                    >
                      ×
                    </button></span
                  >`,
              )}`,
          )
    }
    ${doing(
      visit,
      'status',
      html`${asks.map(
        ([name, words]) =>
          html`<button
            name="value"
            value="${name}"
            class="${decides && name === 'pulse::approved' ? 'primary' : 'small'}"
            id="set-${name.slice('pulse::'.length)}"
            ${item.labels.includes(name) ? html`aria-pressed="true" disabled` : ''}
          >
            ${words}
          </button>`,
      )}`,
    )}
    ${doing(
      visit,
      'label',
      html`<label for="label-name" class="visually-hidden">Label to add</label
        ><input
          id="label-name"
          name="value"
          list="label-names"
          placeholder="Add a label"
          required
          autocomplete="off"
        /><datalist id="label-names">
          ${labels
            .filter(({ name }) => !item.labels.includes(name))
            .map(({ name }) => html`<option value="${name}"></option>`)}
        </datalist>
        <button class="small">Add</button>`,
    )}
    ${troubleAt(visit, 'labels')}
  </section>`;
}

const commands: readonly (readonly [line: string, words: string])[] = [
  ['/pulse refine shorter', 'Shorter'],
  ['/pulse refine plainer words', 'Plainer'],
  ['/pulse refine a stronger opening', 'Stronger opening'],
  ['/pulse approve', 'Approve'],
  ['/pulse now', 'Publish now'],
  ['/pulse hold', 'Hold'],
  ['/pulse reject', 'Reject'],
  ['/pulse retry', 'Retry'],
  ['/pulse help', 'Help'],
];

/** Commands as buttons: each is a comment with that one line. */
export function commandPanel(visit: Visit): Html {
  return html`<section class="panel" aria-labelledby="commands-title" id="commands" data-region>
    <h2 id="commands-title">Ask the machine</h2>
    ${doing(
      visit,
      'command',
      html`${commands.map(
        ([line, words]) =>
          html`<button name="value" value="${line}" class="small" title="Comments ${line}">
            ${words}
          </button>`,
      )}`,
    )}
    <p class="hint">Each button leaves a <code>/pulse</code> comment in your name.</p>
    ${troubleAt(visit, 'command')}
  </section>`;
}

/** Close or reopen. */
const stateButton = (item: Issue): Html | '' =>
  item.state === 'merged'
    ? ''
    : item.state === 'opened'
      ? html`<button name="do" value="close" id="do-close">Close</button>`
      : html`<button name="do" value="reopen" id="do-reopen">Reopen</button>`;

/** The decision on an issue: what GitLab lets one do with it. */
export function issuePanel(visit: Visit, item: Issue): Html {
  return html`<section class="panel" aria-labelledby="decide-title" id="decide" data-region>
    <h2 id="decide-title">Issue</h2>
    <form method="post" action="${visit.path}" class="row">${stateButton(item)}</form>
    ${troubleAt(visit, 'decide')}
  </section>`;
}

/** The decision on a merge request. */
export function decidePanel(visit: Visit, item: MergeRequest, approvedBy: Issue['author'][]): Html {
  const mine = approvedBy.some(({ id }) => id === visit.me.id);
  const open = item.state === 'opened';
  return html`<section class="panel decide" aria-labelledby="decide-title" id="decide" data-region>
    <h2 id="decide-title">Decision</h2>
    <p class="approvals">
      ${
        approvedBy.length === 0
          ? html`<span class="muted">Nobody has approved yet.</span>`
          : html`<span class="ok">${icon('check')}</span> Approved by
              ${approvedBy.map((who, index) => html`${index > 0 ? ', ' : ''}${byline(who)}`)}`
      }
    </p>
    <form method="post" action="${visit.path}" class="row">
      <input type="hidden" name="sha" value="${item.sha ?? ''}" />
      ${
        open
          ? mine
            ? html`<button name="do" value="unapprove" id="do-approve">Unapprove</button>`
            : html`<button name="do" value="approve" id="do-approve" class="primary">
                Approve
              </button>`
          : ''
      }
      ${
        open
          ? html`<button name="do" value="merge" id="do-merge">Merge</button> ${
                item.draft
                  ? html`<button name="do" value="ready" id="do-ready">Mark ready</button>`
                  : html`<button name="do" value="draft" id="do-ready">Mark as draft</button>`
              }`
          : ''
      }
      ${stateButton(item)}
    </form>
    ${troubleAt(visit, 'decide')}
  </section>`;
}
