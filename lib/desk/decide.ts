import type { PostRecord, Work } from '../store/record.ts';
import { takeAsks } from './rules/asks.ts';
import { noticePlace, noticeRevert, noticeRevision, takeBackChanged } from './rules/document.ts';
import { noticeHold, noticeReopened, noticeResume } from './rules/hold.ts';
import { noticeMerge, noticeWithdrawal } from './rules/merge.ts';
import { closeWindow, expire, noticeReady, polishKey } from './rules/time.ts';
import { applyRules, type Rule, type State } from './state.ts';

/** In this order: what stands there, then what people asked, then what follows, then time. */
const rules: readonly Rule[] = [
  noticePlace,
  noticeRevision,
  takeBackChanged,
  noticeReopened,
  noticeResume,
  takeAsks,
  noticeMerge,
  noticeWithdrawal,
  noticeRevert,
  noticeHold,
  noticeReady,
  closeWindow,
  expire,
];

/** Work the machine should do next for a post; `key` names the request it is for. */
export interface Wish {
  what: Work['what'];
  key?: string;
}

export interface Decision {
  /** The same object as before when nothing changed. */
  record: PostRecord;
  /** Undefined when there is nothing to do, or somebody else is at it. */
  wish?: Wish;
}

/** How long a merge that GitLab refused is left alone, ms. */
const blockedMs = 300_000;

/** Compares what GitLab and git say with what the record says. Pure: the same state gives the same decision. */
export function decide(state: State): Decision {
  const record = applyRules(rules, state);
  const wish = nextWish({ ...state, record });
  const busy = record.work !== undefined && record.work.expires > state.now;
  return busy || wish === undefined ? { record } : { record, wish };
}

/** What is to be done next, most urgent first. */
export function nextWish({ record, observation, now }: State): Wish | undefined {
  const { issue, mergeRequest } = observation;
  const opened = issue !== undefined && mergeRequest !== undefined && record.card !== undefined;
  if (!opened || record.draft !== undefined) return { what: 'open' };
  if (record.replies.some(({ note }) => note === undefined)) return { what: 'reply' };
  const taken = record.requests.find(({ status }) => status === 'taken');
  if (taken !== undefined) return { what: 'refine', key: taken.key };
  if (record.status === 'thinking' && now >= record.closes)
    return { what: 'polish', key: polishKey };
  return wantsMerge(record, observation, now) ? { what: 'merge' } : undefined;
}

function wantsMerge(
  record: PostRecord,
  { mergeRequest }: State['observation'],
  now: number,
): boolean {
  if (record.status !== 'approved' || record.mergedAs !== undefined) return false;
  if (mergeRequest?.state !== 'opened') return false;
  const { blocked } = record;
  return blocked?.sha !== mergeRequest.sha || now >= blocked.at + blockedMs;
}

/** When a post must be looked at again though nothing happens on GitLab, its deliveries apart, ms. */
export function nextDue(record: PostRecord, expireMs: number): number | undefined {
  // Nobody else may do anything before, and everything waits for it.
  if (record.work !== undefined) return record.work.expires;
  const times: number[] = [];
  if (record.status === 'thinking') times.push(record.closes);
  if (record.status === 'review') times.push(record.since + expireMs);
  if (record.replies.some(({ note }) => note === undefined)) times.push(record.updated);
  if (record.requests.some(({ status }) => status === 'taken')) times.push(record.updated);
  if (record.draft !== undefined || record.card === undefined) times.push(record.updated);
  if (record.status === 'approved') {
    if (record.mergedAs === undefined)
      times.push((record.blocked?.at ?? record.updated) + blockedMs);
    for (const { status, due, retryAt, expires } of record.deliveries) {
      if (status === 'scheduled') times.push(Math.max(due, retryAt ?? 0));
      if (status === 'publishing') times.push(expires ?? record.updated);
    }
  }
  return times.length === 0 ? undefined : Math.min(...times);
}
