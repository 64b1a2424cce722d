import type { Issue } from '../rest.ts';

/** One column of the board. */
export interface Column {
  /** Label, or undefined for issues that bear none of the board's. */
  label: string | undefined;
  title: string;
  /** What it means to be here, for an empty column. */
  hint: string;
  issues: readonly Issue[];
}

/** Columns in the order of a post's life; those marked `always` are shown empty too. */
const known: readonly { name: string; always?: true; hint: string }[] = [
  {
    name: 'thinking',
    always: true,
    hint: 'New drafts wait here for their think window. Comment to have one refined.',
  },
  { name: 'review', always: true, hint: 'Drafts that ask for a decision. One click approves.' },
  { name: 'approved', always: true, hint: 'Approved and waiting for their time to go out.' },
  { name: 'published', always: true, hint: 'What is out. Approve a post to see it here.' },
  { name: 'unknown', hint: '' },
  { name: 'failed', hint: '' },
  { name: 'held', hint: '' },
  { name: 'rejected', hint: '' },
  { name: 'expired', hint: '' },
];
const prefix = 'pulse::';

/** Issues in columns by their `pulse::` label, oldest first in what waits for people, newest first in what is done. Pure. */
export function columnsOf(labels: readonly string[], issues: readonly Issue[]): readonly Column[] {
  const names = [...labels, ...issues.flatMap((issue) => issue.labels)]
    .filter((label) => label.startsWith(prefix))
    .map((label) => label.slice(prefix.length));
  const others = [...new Set(names)]
    .filter((name) => !known.some((column) => column.name === name))
    .toSorted()
    .map((name) => ({ name, always: undefined, hint: '' }));

  const columns = [...known, ...others].map(({ name, always, hint }) => {
    const inIt = issues.filter(({ labels: on }) => on.includes(prefix + name));
    return { name, always, hint, issues: order(name, inIt) };
  });
  const shown = columns
    .filter(({ always, issues: inIt }) => always === true || inIt.length > 0)
    .map(({ name, hint, issues: inIt }): Column => {
      return { label: prefix + name, title: name, hint, issues: inIt };
    });
  const loose = issues.filter(
    ({ state, labels: on }) => state === 'opened' && !on.some((label) => label.startsWith(prefix)),
  );
  if (loose.length === 0) return shown;
  return [...shown, { label: undefined, title: 'other issues', hint: '', issues: loose }];
}

function order(name: string, issues: readonly Issue[]): readonly Issue[] {
  const waiting = name === 'thinking' || name === 'review';
  return waiting
    ? issues.toSorted((a, b) => a.created_at.localeCompare(b.created_at))
    : issues.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at));
}
