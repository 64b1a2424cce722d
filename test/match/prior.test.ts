import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PastPost, priorOf, topicOfRecord } from '../../lib/match/prior.ts';
import { postStatuses } from '../../lib/store/record.ts';
import { aRecord } from '../review/record.ts';

const day = 86_400_000;
const now = 1_800_000_000_000;
const post = (topic: string, status: PastPost['status'], age = 0): PastPost => ({
  ...aRecord({ status, since: now - age * day }),
  profile: 'news',
  origin: { topic, reasons: [], evidence: [] },
});
const many = (count: number, of: PastPost) => Array.from({ length: count }, () => of);
const on = (records: readonly PastPost[], topic = 'storms') => priorOf(records, now)('news', topic);

describe('the prior of a topic', () => {
  it('is nothing where nothing is known', () => {
    expect(on([])).toBe(0);
    expect(on(many(9, post('heat', 'approved')))).toBe(0);
    expect(on([post('storms', 'thinking'), post('storms', 'review')])).toBe(0);
    expect(priorOf(many(9, post('storms', 'rejected')), now)('other', 'storms')).toBe(0);
  });

  it('rises with what was approved and falls with what was rejected, compared with the rest', () => {
    const records = [...many(9, post('storms', 'approved')), ...many(9, post('heat', 'rejected'))];
    expect(on(records)).toBeGreaterThan(0.5);
    expect(on(records, 'heat')).toBeLessThan(-0.5);
    // Where everything is approved no topic is better than another.
    const all = [...many(9, post('storms', 'approved')), ...many(9, post('heat', 'approved'))];
    expect(on(all)).toBeCloseTo(0, 12);
  });

  it('grows with what is known, and less with what is long ago or was never answered', () => {
    const rest = many(20, post('heat', 'approved'));
    const after = (...posts: PastPost[]) => on([...rest, ...posts]);
    const [one, ten] = [1, 10].map((count) => after(...many(count, post('storms', 'rejected'))));
    expect(ten!).toBeLessThan(one!);
    expect(one!).toBeLessThan(0);
    expect(after(post('storms', 'rejected', 200))).toBeGreaterThan(one!);
    expect(after(post('storms', 'expired'))).toBeGreaterThan(one!);
  });

  it('counts what is out as a success, whatever became of the post', () => {
    const out: PastPost = {
      ...post('storms', 'held'),
      deliveries: [
        {
          target: 'outbox',
          platform: 'outbox',
          status: 'published',
          due: now,
          attempt: 1,
          revision: 1,
          hash: '0'.repeat(64),
          receipts: [],
        },
      ],
    };
    expect(on([...many(9, post('heat', 'rejected')), out])).toBeGreaterThan(0);
    expect(on([...many(9, post('heat', 'rejected')), post('storms', 'held')])).toBe(0);
  });

  it('reads the topic of older records from their reasons', () => {
    const reasons = [
      { kind: 'account', text: 'the key account x posted about it', weight: 0.5 },
      { kind: 'topic', text: 'the topic "storms" names "flood"', weight: 0.2 },
      { kind: 'meaning', text: 'its posts read like the topic "heat" (cosine 0.4)', weight: 0.3 },
    ];
    expect(topicOfRecord({ origin: { reasons, evidence: [] } })).toBe('heat');
    expect(topicOfRecord({ origin: { reasons: [], evidence: [] } })).toBeUndefined();
  });

  it('stays within its bounds and is the same in whatever order records come', () => {
    const records = fc.array(
      fc.record({
        topic: fc.constantFrom('storms', 'heat', 'rain'),
        status: fc.constantFrom(...postStatuses),
        age: fc.integer({ min: 0, max: 400 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(records, (all) => {
        const posts = all.map(({ topic, status, age }) => post(topic, status, age));
        for (const topic of ['storms', 'heat', 'rain']) {
          expect(Math.abs(on(posts, topic))).toBeLessThanOrEqual(1);
          expect(on(posts.toReversed(), topic)).toBe(on(posts, topic));
        }
      }),
    );
  });
});
