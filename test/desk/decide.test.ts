import { describe, expect, it } from 'vitest';
import { decide, nextDue } from '../../lib/desk/decide.ts';
import type { State } from '../../lib/desk/state.ts';
import { currentHash } from '../../lib/review/binding.ts';
import { aPostInReview, now } from './state.ts';

const ann = { id: 5, username: 'ann', name: 'Ann' };
const run = (state: State) => decide(state).record;

describe('a decision', () => {
  it('changes nothing when nothing happened: the very same record', () => {
    const state = aPostInReview();
    expect(decide(state)).toEqual({ record: state.record });
    expect(decide(state).record).toBe(state.record);
  });

  it('approves by label, schedules every target and wants the merge', () => {
    const state = aPostInReview({
      labels: [
        { id: 7, action: 'add', label: 'pulse::approved', by: ann, at: now - 1000, on: 'issue' },
      ],
    });
    const { record, wish } = decide(state);
    expect(record).toMatchObject({
      status: 'approved',
      approvals: [{ by: { id: 5 }, via: 'label', ref: 7, on: 'issue', revision: 1 }],
      deliveries: [{ target: 'outbox', status: 'scheduled', due: now, revision: 1 }],
    });
    expect(wish).toEqual({ what: 'merge' });
    expect(decide({ ...state, record }).record).toBe(record);
  });

  it('takes an approval back when the words change, and says who changed them', () => {
    const approved = run(
      aPostInReview({
        labels: [
          { id: 7, action: 'add', label: 'pulse::approved', by: ann, at: now - 1000, on: 'issue' },
        ],
      }),
    );
    const state = aPostInReview();
    const edited = {
      ...state.observation.document!,
      file: 'e'.repeat(64),
      content: 'changed',
      by: ann,
    };
    const record = run({
      ...state,
      record: approved,
      observation: {
        ...state.observation,
        labels: [
          { id: 7, action: 'add', label: 'pulse::approved', by: ann, at: now - 1000, on: 'issue' },
        ],
        document: edited,
      },
    });
    expect(record.status).toBe('review');
    expect(record.deliveries).toEqual([]);
    expect(record.revisions.at(-1)).toMatchObject({ n: 2, by: { username: 'ann' } });
    expect(record.replies.at(-1)?.body).toMatch(/@ann changed the post after it was approved/);
  });

  it('takes an approval back when it is withdrawn where it was given', () => {
    const add = {
      id: 7,
      action: 'add' as const,
      label: 'pulse::approved',
      by: ann,
      at: now - 1000,
      on: 'issue' as const,
    };
    const approved = run(aPostInReview({ labels: [add] }));
    const withdrawn = aPostInReview({
      labels: [add, { ...add, id: 8, action: 'remove', at: now }],
    });
    const record = run({ ...withdrawn, record: approved });
    expect(record).toMatchObject({ status: 'review', deliveries: [], approvals: [] });
  });

  it('keeps an approval when the machine itself exchanges the labels', () => {
    const add = {
      id: 7,
      action: 'add' as const,
      label: 'pulse::approved',
      by: ann,
      at: now - 1000,
      on: 'issue' as const,
    };
    const me = { id: 1, username: 'bot', name: 'bot' };
    const approved = run(aPostInReview({ labels: [add] }));
    const exchanged = aPostInReview({ labels: [add, { ...add, id: 8, action: 'remove', by: me }] });
    expect(run({ ...exchanged, record: approved })).toBe(approved);
  });

  it.each([
    ['closed issue', { issue: 'closed' }, 'closed'],
    ['deleted branch', { branch: false }, 'branch'],
    ['Draft mark set again', { draft: true }, 'draft'],
  ] as const)('holds on a %s, and goes on when that is undone', (_name, change, why) => {
    const state = aPostInReview();
    const { issue, mergeRequest } = state.observation;
    const stopped: State = {
      ...state,
      observation: {
        ...state.observation,
        issue: 'issue' in change ? { ...issue!, state: 'closed' } : issue!,
        mergeRequest: 'draft' in change ? { ...mergeRequest!, draft: true } : mergeRequest!,
        branchExists: !('branch' in change),
      },
    };
    const held = run(stopped);
    expect(held).toMatchObject({ status: 'held', held: { from: 'review', why } });
    expect(run({ ...stopped, record: held })).toBe(held);
    expect(run({ ...state, record: held })).toMatchObject({ status: 'review' });
  });

  it('binds a new time anew when someone who may approve sets it', () => {
    const state = aPostInReview();
    const note = {
      id: 21,
      body: '/pulse approve\n/pulse schedule 2030-01-01T09:00+00:00',
      system: false,
      author: ann,
      createdAt: now - 100,
      updatedAt: now - 100,
      discussion: 'd',
      on: 'merge_request' as const,
    };
    const record = run({ ...state, observation: { ...state.observation, notes: [note] } });
    const at = Date.UTC(2030, 0, 1, 9);
    expect(record).toMatchObject({ status: 'approved', schedule: { at } });
    expect(record.deliveries).toMatchObject([{ due: at, revision: 2 }]);
    expect(record.deliveries[0]?.hash).toBe(currentHash(record, state.observation.document!));
    expect(
      decide({ ...state, observation: { ...state.observation, notes: [note] }, record }).record,
    ).toBe(record);
  });

  it('closes the window after the last polish, and expires what nobody decided on', () => {
    const state = aPostInReview();
    const thinking = {
      ...state.record,
      status: 'thinking' as const,
      closes: now - 1,
      projected: {},
    };
    const mergeRequest = { ...state.observation.mergeRequest!, draft: true };
    const observation = { ...state.observation, mergeRequest };
    expect(decide({ ...state, observation, record: thinking }).wish).toMatchObject({
      what: 'polish',
    });
    const polish = { key: 'polish', by: ann, at: now, text: 'polish', status: 'done' as const };
    const polished = run({ ...state, observation, record: { ...thinking, requests: [polish] } });
    expect(polished.status).toBe('review');
    const late = now + state.profile.expire + 1;
    expect(run({ ...state, record: polished, now: late }).status).toBe('expired');
  });

  it('leaves work to who holds the lease, until it ends', () => {
    const state = aPostInReview();
    const reply = { key: 'k', on: 'issue' as const, body: 'b' };
    const work = { what: 'reply' as const, nonce: 'n', expires: now + 10 };
    const record = { ...state.record, replies: [reply], work };
    expect(decide({ ...state, record }).wish).toBeUndefined();
    expect(decide({ ...state, record, now: now + 10 }).wish).toEqual({ what: 'reply' });
    expect(nextDue(record, 1000)).toBeLessThanOrEqual(now + 10);
  });
});
