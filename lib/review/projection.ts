import type { PostRecord } from '../store/record.ts';

/** The label that shows where a post stands; of deliveries the one that needs people most. */
export function statusLabel(record: PostRecord): string {
  if (record.status !== 'approved' || record.deliveries.length === 0)
    return `pulse::${record.status}`;
  const statuses = new Set(record.deliveries.map(({ status }) => status));
  if (statuses.has('unknown')) return 'pulse::unknown';
  if (statuses.has('failed')) return 'pulse::failed';
  if (statuses.has('scheduled') || statuses.has('publishing')) return 'pulse::approved';
  return statuses.has('published') ? 'pulse::published' : 'pulse::rejected';
}

/** What must be added to and taken from `labels` so that exactly `wanted` stands of the `pulse::` ones. */
export function labelChanges(
  labels: readonly string[],
  wanted: string,
): { addLabels: string[]; removeLabels: string[] } | undefined {
  const removeLabels = labels.filter((label) => label.startsWith('pulse::') && label !== wanted);
  const addLabels = labels.includes(wanted) ? [] : [wanted];
  if (addLabels.length === 0 && removeLabels.length === 0) return undefined;
  return { addLabels, removeLabels };
}

const draftPrefix = /^\s*(\[draft\]|\(draft\)|draft:)\s*/i;

/** The title with or without GitLab's Draft mark. */
export function withDraftMark(title: string, draft: boolean): string {
  let bare = title;
  while (draftPrefix.test(bare)) bare = bare.replace(draftPrefix, '');
  return draft ? `Draft: ${bare}` : bare;
}
