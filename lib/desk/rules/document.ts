import { announce } from '../../review/answers.ts';
import { currentHash } from '../../review/binding.ts';
import { allows, transition } from '../../review/lifecycle.ts';
import type { PostRecord, Revision } from '../../store/record.ts';
import type { Rule } from '../state.ts';

/** Whether nothing remains that an edit could bind: neither scheduled nor known not to be out. */
function allOut(record: PostRecord): boolean {
  return (
    record.deliveries.length > 0 &&
    record.deliveries.every(({ status }) => status !== 'scheduled' && status !== 'failed')
  );
}

/** Notices where the document lies, and that the first draft has arrived on its branch. */
export const noticePlace: Rule = ({ record, observation: { document } }) => {
  if (document === undefined) return record;
  const { draft, ...rest } = record;
  if (draft === undefined && rest.path === document.path) return record;
  return { ...rest, path: document.path };
};

/**
 * Notices a revision: the machine's own when its hash was written down before the commit, else a person's, whoever
 * the commit names.
 */
export const noticeRevision: Rule = ({ record, observation: { document }, now }) => {
  const last = record.revisions.at(-1);
  if (document === undefined) return record;
  const hash = currentHash(record, document);
  if (last?.file === document.file && last.hash === hash) return record;
  const ours = record.work?.revision;
  const revision: Revision =
    ours?.file === document.file
      ? { ...ours, n: (last?.n ?? 0) + 1, hash }
      : {
          n: (last?.n ?? 0) + 1,
          hash,
          file: document.file,
          variants: { ...document.variants },
          by: document.by ?? { id: 0, username: 'somebody' },
          at: now,
          why: last === undefined ? 'written by hand' : 'edited',
        };
  return { ...record, revisions: [...record.revisions, revision] };
};

/** Deliveries that nothing has happened to yet go with the approval they came from. */
export function withoutScheduled(record: PostRecord): PostRecord {
  return {
    ...record,
    deliveries: record.deliveries.filter(({ status }) => status !== 'scheduled'),
  };
}

/** An approval binds to the revision it was given for: another revision takes it back, and says so. */
export const takeBackChanged: Rule = ({ record, now }) => {
  const last = record.revisions.at(-1);
  if (record.status !== 'approved' || last === undefined) return record;
  if (record.approvals.at(-1)?.hash === last.hash) return record;
  const who = last.by === 'machine' ? 'The machine' : `@${last.by.username}`;
  if (allOut(record)) {
    const text = `r${last.n}: ${who} edited it after it went out. What is published is untouched.`;
    if (record.notices.some((notice) => notice.text === text)) return record;
    return { ...record, notices: [...record.notices, { at: now, text }] };
  }
  return announce(
    transition(withoutScheduled(record), 'takenBack', now),
    `takenBack:r${last.n}`,
    `${who} changed the post after it was approved, so the approval is taken back. It is r${last.n} now: approve again if it is right.`,
  );
};

/** The document was taken off the default branch: what is scheduled is cancelled, what is out is untouched. */
export const noticeRevert: Rule = ({ record, observation: { document, mergeRequest }, now }) => {
  const merged = record.mergedAs !== undefined && mergeRequest?.state === 'merged';
  if (!merged || document !== undefined || !allows(record.status, 'reverted')) return record;
  if (record.status === 'approved' && allOut(record)) return record;
  const cancelled = record.deliveries.map((delivery) =>
    delivery.status === 'scheduled' ? { ...delivery, status: 'cancelled' as const } : delivery,
  );
  return announce(
    transition({ ...record, deliveries: cancelled }, 'reverted', now),
    `reverted:${record.mergedAs}`,
    'The post was taken off the default branch. What was scheduled is cancelled; what is out stays out.',
  );
};
