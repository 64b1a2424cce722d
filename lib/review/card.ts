import { neutral } from '../gitlab/neutral.ts';
import { escapeMarkup } from '../platforms/markup.ts';
import type { Delivery, PostRecord } from '../store/record.ts';
import { utc } from './answers.ts';
import type { CurrentDocument, Target } from './observation.ts';
import { describeOrigin } from './origin.ts';
import { statusLabel } from './projection.ts';

/** Marks the card among other comments, so that it is found again; also says which revision it shows. */
export const cardMark = (id: string) => `<!-- pulse:card ${id} -->`;
/** Marks an answer, so that it is given once. */
export const replyMark = (key: string) => `<!-- pulse:reply ${key} -->`;
/** Marks the issue of a post. */
export const issueMark = (id: string) => `<!-- pulse:post ${id} -->`;

/** The id of the post an issue belongs to. */
export function postOfIssue(description: string): string | undefined {
  return /<!-- pulse:post ([a-z0-9-]+) -->/.exec(description)?.[1];
}

/** By the label that shows where it stands. */
const titles: Readonly<Record<string, string>> = {
  'pulse::thinking': 'Thinking',
  'pulse::review': 'Ready for review',
  'pulse::approved': 'Approved',
  'pulse::published': 'Published',
  'pulse::failed': 'Not delivered everywhere',
  'pulse::unknown': 'Please look: nobody knows whether it is out',
  'pulse::rejected': 'Rejected',
  'pulse::expired': 'Expired',
  'pulse::held': 'Held',
};

/** What a person can do now. */
const hints: Readonly<Record<PostRecord['status'], (record: PostRecord) => string>> = {
  thinking: ({ closes }) =>
    `The think window is open until ${utc(closes)}. Edit the file, comment, or write ` +
    '`/pulse refine shorter`. Approving it or marking it ready ends the window.',
  review: () =>
    'Approve with the label `pulse::approved`, the Approve button, Merge, or `/pulse approve`.',
  approved: ({ mergedAs }) => (mergedAs === undefined ? 'It is merged next.' : ''),
  rejected: () => 'Reopen the issue to bring it back.',
  expired: () => 'Nobody decided in time. Reopen the issue to bring it back.',
  held: ({ held }) => reasons[held?.why ?? 'asked'],
};

const reasons = {
  closed: 'The issue or the merge request was closed. Reopen it to go on.',
  branch: 'Its branch was deleted. Restore the branch to go on.',
  draft: 'It was marked as a draft again. Mark it ready to go on.',
  asked: 'Somebody asked for it. Approve it or set the label `pulse::review` to go on.',
} as const;

/** The one comment that shows a post: where it stands, how every network will show it, who decided what. Pure. */
export function renderCard(record: PostRecord, document: CurrentDocument | undefined): string {
  const last = record.revisions.at(-1);
  const title = last === undefined ? 'No revision yet' : `r${last.n}`;
  return [
    cardMark(record.id),
    `### ${title} · ${titles[statusLabel(record)] ?? record.status}`,
    hints[record.status](record),
    ...warnings(record, document),
    ...(document?.targets.map((target) => preview(target)) ?? []),
    deliveries(record),
    describeOrigin(record.origin),
    history(record),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function warnings(record: PostRecord, document: CurrentDocument | undefined): string[] {
  const problems = document?.problems ?? ['The document is not there.'];
  const found = problems.map((problem) => `> :warning: ${neutral(problem)}`);
  if (record.blocked !== undefined && record.mergedAs === undefined) {
    found.push(`> :no_entry: Not merged: ${neutral(record.blocked.why)}`);
  }
  found.push(
    ...(document?.warnings ?? []).map((warning) => `> :information_source: ${neutral(warning)}`),
  );
  return [...found, ...record.notices.map(({ text }) => `> ${text}`)];
}

/** Every line quoted, so that nothing in a text is carried out by GitLab or by us. */
function preview({ name, platform, title, reply, parts }: Target): string {
  const lengths = parts
    .map(({ length, limit }) => `${length > limit ? ':warning: ' : ''}${length} / ${limit}`)
    .join(' · ');
  const where = name === platform ? `**${name}**` : `**${name}** (${platform})`;
  const unit = parts[0]?.unit ?? '';
  const texts = parts.map(({ text, media, poll = [], link }, index) => {
    const above = [
      ...(reply === undefined ? [] : [`↩ ${reply}`]),
      ...(title === undefined ? [] : [title]),
    ];
    const below = [...media.map((alt) => `🖼 ${alt}`), ...poll.map((option) => `◯ ${option}`)];
    // What is left of marks in it is meant as it stands.
    const lines = [
      ...(index === 0 ? above.map(escapeMarkup) : []),
      escapeMarkup(text),
      ...below,
      ...(link === undefined ? [] : [`🔗 ${link}`]),
    ];
    // Two spaces at its end keep a line from running into the next one.
    return neutral(lines.join('\n'))
      .replace(/(?<=\S)\n(?=\S)/g, '  \n')
      .replace(/^/gm, '> ');
  });
  return `${where} · ${lengths} ${unit}\n\n${texts.join('\n>\n> ---\n>\n')}`;
}

const signs: Record<Delivery['status'], string> = {
  scheduled: ':clock3: scheduled',
  publishing: ':outbox_tray: publishing',
  published: ':white_check_mark: published',
  failed: ':x: failed',
  unknown: ':question: unknown',
  cancelled: ':heavy_minus_sign: cancelled',
};

function deliveries({ deliveries }: PostRecord): string {
  if (deliveries.length === 0) return '';
  const rows = deliveries.map((delivery) => {
    const links = delivery.receipts.map(({ url, id, part }) =>
      url === undefined ? `\`${id}\`` : `[part ${part + 1}](${url})`,
    );
    const error =
      delivery.error === undefined ? '' : `${delivery.error.message} ${delivery.error.remedy}`;
    const time =
      delivery.status === 'scheduled' ? utc(Math.max(delivery.due, delivery.retryAt ?? 0)) : '';
    const detail = [time, links.join(' '), neutral(error), pointer(delivery.error?.link)]
      .filter((text) => text !== '')
      .join(' ');
    return `| ${delivery.target} | ${signs[delivery.status]} | r${delivery.revision} | ${detail.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`;
  });
  return ['| account | | revision | |', '|---|---|---|---|', ...rows].join('\n');
}

/** A link to where a person can look or read more; an address is all that a network may put there. */
function pointer(link: string | undefined): string {
  const url = link === undefined ? null : URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return '';
  return `[Look there](${url.href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

function history({ revisions, approvals }: PostRecord): string {
  const lines = revisions.map(({ n, by, at, why, model }) => {
    const who = by === 'machine' ? (model ?? 'the machine') : by.username;
    return { at, text: `r${n} · ${utc(at)} · ${who}: ${why}` };
  });
  const given = approvals.map(({ by, via, at, revision }) => ({
    at,
    text: `r${revision} approved · ${utc(at)} · ${by.username} by ${via}`,
  }));
  const rows = [...lines, ...given].sort((a, b) => a.at - b.at).map(({ text }) => `- ${text}`);
  return `<details><summary>History</summary>\n\n${neutral(rows.join('\n'))}\n\n</details>`;
}
