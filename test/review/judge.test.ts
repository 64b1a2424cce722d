import { describe, expect, it } from 'vitest';
import type { Asked } from '../../lib/review/asked.ts';
import { judge } from '../../lib/review/judge.ts';
import type { Observation } from '../../lib/review/observation.ts';
import { profileSchema } from '../../lib/store/profile.ts';
import { aRecord, aRevision } from './record.ts';

const ann = { id: 5, username: 'ann' };
const profile = profileSchema.parse({
  name: 'crypto',
  title: 'Crypto',
  description: 'd',
  voice: 'v',
  topics: [{ name: 't', about: 'a', keywords: ['k'] }],
  accounts: [{ name: 'outbox', platform: 'outbox' }],
});
const strict = { ...profile, approval: { ...profile.approval, authors: false } };

const observation: Observation = {
  me: 1,
  notes: [],
  labels: [],
  approvals: [],
  branchExists: true,
  levels: { 5: 30, 6: 20 },
  document: {
    path: 'p',
    file: 'f',
    content: 'c',
    variants: {},
    media: [],
    where: 'branch',
    targets: [],
    warnings: [],
    problems: [],
  },
};

const approval = (changes: Partial<Asked> = {}): Asked => ({
  key: 'merge_request:note:9:1',
  by: ann,
  at: 60_000,
  via: 'command',
  on: 'merge_request',
  what: 'approve',
  argument: '',
  edited: false,
  atCreation: false,
  ...changes,
});

const two = aRecord({ revisions: [aRevision(1), aRevision(2, { at: 50_000, cardedAt: 50_000 })] });
const decide = (ask: Asked, record = two, by = profile, seen = observation) =>
  judge(ask, record, by, seen, 5000);

describe('an approval', () => {
  it('binds to the revision the card showed when it was given', () => {
    expect(decide(approval())).toMatchObject({ obey: true, revision: { n: 2 } });
  });

  it.each<[string, Asked, RegExp]>([
    ['of text that has changed', approval({ at: 20_000 }), /approved r1.*r2 now/],
    ['within seconds of a new revision', approval({ at: 53_000 }), /only just appeared.*r2/],
    ['by an edited comment', approval({ edited: true }), /edited comment never approves/],
    ['by a label set while creating', approval({ atCreation: true }), /while creating/],
    ['before the card was there', approval({ at: 500 }), /had not shown/],
    ['of a revision that never was', approval({ argument: 'r9' }), /no r9/],
    ['of a word that is no revision', approval({ argument: 'it' }), /do not know the revision/],
    ['by a reporter', approval({ by: { id: 6, username: 'rep' } }), /role developer/],
  ])('%s is refused and explained', (_name, ask, text) => {
    const judged = decide(ask);
    expect(judged.obey).toBe(false);
    expect(judged).toHaveProperty('answer', expect.stringMatching(text));
  });

  it('within seconds of a new revision counts when it names it', () => {
    expect(decide(approval({ at: 53_000, argument: 'r2' }))).toMatchObject({ obey: true });
  });

  it('by a stranger gets no answer', () => {
    expect(decide(approval({ by: { id: 7, username: 'x' } }))).toEqual({
      obey: false,
      answer: undefined,
    });
  });

  it('by who edited is refused only where the profile says so', () => {
    const edited = aRecord({ revisions: [aRevision(1), aRevision(2, { by: ann, at: 2000 })] });
    expect(decide(approval(), edited)).toMatchObject({ obey: true });
    expect(decide(approval(), edited, strict)).toMatchObject({ obey: false });
  });

  it('is refused to everybody when nobody knows who edited', () => {
    const somebody = { id: 0, username: 'somebody' };
    const edited = aRecord({ revisions: [aRevision(1), aRevision(2, { by: somebody, at: 2000 })] });
    expect(decide(approval(), edited, strict)).toMatchObject({ obey: false });
  });

  it('of what cannot go out is refused with the reason', () => {
    const { document } = observation;
    const broken = { ...observation, document: { ...document!, problems: ['line 9: too long'] } };
    expect(decide(approval(), two, profile, broken)).toHaveProperty(
      'answer',
      expect.stringMatching(/line 9: too long/),
    );
  });
});
