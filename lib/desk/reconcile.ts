import { asPulseError } from '../errors.ts';
import type { PostRecord, Work } from '../store/record.ts';
import type { Profile } from '../store/profile.ts';
import { LeaseLost, changeLeased, lease, trySave } from './change.ts';
import type { Desk } from './context.ts';
import { decide, type Wish } from './decide.ts';
import { deliver } from './deliver.ts';
import { project } from './project.ts';
import { observe } from './read/observe.ts';
import type { State } from './state.ts';
import { threadOf } from './thread.ts';
import { merge } from './work/merge.ts';
import { open } from './work/open.ts';
import type { Performer } from './work/performer.ts';
import { polish } from './work/polish.ts';
import { refine } from './work/refine.ts';
import { reply } from './work/reply.ts';

const performers: Record<Work['what'], Performer> = { open, reply, refine, polish, merge };

/** When work that failed for the moment is tried again, ms. */
const soonMs = 1000;

/** A post settles in fewer rounds than this; more mean that two of us undo each other's work. */
const maximalRounds = 60;

/**
 * The one function behind every webhook and every sweep: compares what GitLab and git say now with what the record
 * says and takes the next step, until there is none. Lost, doubled and reordered webhooks and several bots at once are
 * the same case. Returns the record as it stands then; undefined when there is no such post.
 */
export async function reconcile(desk: Desk, id: string): Promise<PostRecord | undefined> {
  for (let round = 0; round < maximalRounds; round += 1) {
    const record = await desk.records.load(id);
    if (record === undefined) return undefined;
    const profile = (await desk.profiles()).find(({ name }) => name === record.profile);
    if (profile === undefined) {
      desk.log.warn({ post: id, profile: record.profile }, 'its profile is gone; left as it is');
      return record;
    }
    if (await step(desk, record, profile)) continue;
    return record;
  }
  desk.log.error({ post: id }, 'does not settle; left for the next sweep');
  return desk.records.load(id);
}

/** One step; whether the post must be looked at again. */
async function step(desk: Desk, record: PostRecord, profile: Profile): Promise<boolean> {
  const observation = await observe(desk, record, profile);
  const state: State = {
    record,
    observation,
    profile,
    now: desk.clock.now(),
    settle: desk.settings.settle,
  };
  const decision = decide(state);
  let current = record;
  if (decision.record !== record) {
    const saved = await trySave(desk, decision.record);
    if (saved === undefined) return true;
    current = saved;
    await acknowledge(desk, record, current);
  }
  if (decision.wish !== undefined) {
    await perform(desk, { ...state, record: current }, decision.wish);
    return true;
  }
  const delivered = await deliver(desk, current, profile);
  if (delivered !== current) return true;
  return project(desk, current, profile, observation);
}

/** Every command is acknowledged with an emoji at once; strangers' are not. */
async function acknowledge(desk: Desk, before: PostRecord, after: PostRecord): Promise<void> {
  for (const { key, status } of after.requests.slice(before.requests.length)) {
    const [on, kind, note] = key.split(':');
    const answered = status !== 'refused' || after.replies.some((entry) => entry.key === key);
    if (kind !== 'note' || note === undefined || !answered) continue;
    const thread = threadOf(after, on === 'issue' ? 'issue' : 'merge_request');
    await desk.gitlab.award(thread, Number(note), status === 'refused' ? 'thinking' : 'eyes');
  }
}

async function perform(desk: Desk, state: State, wish: Wish): Promise<void> {
  const leased = await lease(desk, state.record, wish);
  if (leased === undefined) return;
  try {
    await performers[wish.what](desk, leased, { ...state, record: leased });
  } catch (error) {
    if (error instanceof LeaseLost) return;
    const failure = asPulseError(error);
    const expires = desk.clock.now() + (failure.retryable ? soonMs : desk.settings.lease);
    // A revision written down before its commit stays: it may be on the branch.
    const end = (record: PostRecord): PostRecord => ({
      ...record,
      work: { ...leased.work, ...record.work, expires },
    });
    await changeLeased(desk, leased.id, leased.work.nonce, end).catch(() => undefined);
    throw failure;
  }
}
