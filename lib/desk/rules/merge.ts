import { allows, transition } from '../../review/lifecycle.ts';
import { stands } from '../../review/standing.ts';
import { announce } from '../../review/answers.ts';
import type { Rule } from '../state.ts';
import { withoutScheduled } from './document.ts';

/** Notices that the document has come to the default branch, by whomever. Runs after what people asked was judged. */
export const noticeMerge: Rule = ({ record, observation: { mergeRequest, me }, now }) => {
  if (mergeRequest?.state !== 'merged' || record.mergedAs !== undefined) return record;
  const merged = { ...record, mergedAs: mergeRequest.mergeCommit ?? mergeRequest.sha };
  // A person's merge that approves has been judged before; one that does not leaves the post waiting for one who may.
  const waits = mergeRequest.mergedBy?.id !== me && record.status !== 'approved';
  return waits && allows(record.status, 'merged') ? transition(merged, 'merged', now) : merged;
};

/** The approval was withdrawn where it was given: what has not gone out yet waits again. */
export const noticeWithdrawal: Rule = ({ record, observation, now }) => {
  if (record.status !== 'approved') return record;
  const hash = record.revisions.at(-1)?.hash;
  const given = record.approvals.filter((approval) => approval.hash === hash);
  const last = given.at(-1);
  if (last === undefined || given.some((approval) => stands(approval, observation))) return record;
  const kept = withoutScheduled(record);
  // Nothing left to hold back: what is out, is out.
  if (record.deliveries.length > 0 && kept.deliveries.length === record.deliveries.length) {
    return record;
  }
  return announce(
    transition(
      { ...kept, approvals: kept.approvals.filter((approval) => approval.hash !== hash) },
      'takenBack',
      now,
    ),
    `withdrawn:${now}`,
    `The approval by @${last.by.username} was withdrawn. The post waits for review again.`,
  );
};
