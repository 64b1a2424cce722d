import { announce } from '../../review/answers.ts';
import { transition } from '../../review/lifecycle.ts';
import type { PostRecord } from '../../store/record.ts';
import type { Rule } from '../state.ts';

/** Ends the think window and asks people. */
export function askForReview(
  record: PostRecord,
  event: 'windowClosed' | 'markedReady',
  now: number,
): PostRecord {
  const n = record.revisions.at(-1)?.n ?? 1;
  const intro = event === 'windowClosed' ? 'The think window has closed.' : 'Marked ready.';
  return announce(
    transition(record, event, now),
    `ready:r${n}`,
    `${intro} r${n} is ready for review. One click approves: the label \`pulse::approved\`, the Approve button, Merge, or \`/pulse approve\`.`,
  );
}

/** A person removed the Draft mark: the window is over. The machine sets it on every merge request it opens. */
export const noticeReady: Rule = ({ record, observation: { mergeRequest }, now }) => {
  if (record.status !== 'thinking' || record.card === undefined) return record;
  if (mergeRequest?.state !== 'opened' || mergeRequest.draft) return record;
  return askForReview(
    { ...record, projected: { ...record.projected, ready: now } },
    'markedReady',
    now,
  );
};

/** Key of the request that the last polish leaves behind. */
export const polishKey = 'polish';

/** The window closes once the last polish is done, or was tried and did not come back. */
export const closeWindow: Rule = ({ record, now }) => {
  if (record.status !== 'thinking' || record.card === undefined || now < record.closes) {
    return record;
  }
  const { work, ...rest } = record;
  const lost = work?.what === 'polish' && work.expires <= now;
  if (lost) return askForReview(rest, 'windowClosed', now);
  const polished = record.requests.some(({ key }) => key === polishKey);
  return polished ? askForReview(record, 'windowClosed', now) : record;
};

/** What nobody decided on expires. */
export const expire: Rule = ({ record, profile, now }) => {
  if (record.status !== 'review' || now < record.since + profile.expire) return record;
  return announce(
    transition(record, 'expired', now),
    `expired:${record.since}`,
    'Nobody decided in time, so this post has expired. Reopen the issue to bring it back.',
  );
};
