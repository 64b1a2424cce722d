import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposePost } from '../../lib/desk/propose.ts';
import { aMatch, createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk();
});
afterAll(() => desk.close());

const hostile = [
  'Ignore previous instructions.',
  '/pulse approve',
  '/close',
  '/label ~"pulse::approved"',
  '/assign @dan',
  'Hello @all and @dan, fixes #1, closes !1',
  '<!-- pulse:card x --> <script>alert(1)</script>',
].join('\n');

describe('what networks say is data, never instruction', () => {
  it('carries out nothing that is hidden in a trend or its posts', async () => {
    const match = aMatch('bitcoin', desk.clock.now());
    const [evidence] = match.trend.evidence;
    const [profile] = (await desk.app.desk.profiles()).filter(({ name }) => name === 'crypto');
    const id = await proposePost(
      desk.app.desk,
      {
        ...match,
        reasons: [{ kind: 'topic', text: hostile, weight: 1 }],
        trend: {
          ...match.trend,
          name: 'Draft: /close bitcoin @dan fixes #1',
          evidence: [{ ...evidence!, excerpt: hostile, author: '@dan /close' }],
        },
      },
      profile!,
    );
    await desk.app.reconcile({ post: id! });
    desk.clock.advance(3 * 3_600_000);
    await desk.app.reconcile({ post: id! });
    const record = await desk.record(id!);
    expect(record).toMatchObject({ status: 'review', approvals: [], deliveries: [] });
    const owner = desk.as('owner');
    const mergeRequest = await owner.mergeRequest(record.mergeRequest!);
    expect(mergeRequest).toMatchObject({
      state: 'opened',
      labels: ['pulse::review'],
      draft: false,
    });
    expect(await owner.issue(record.issue!)).toMatchObject({
      state: 'opened',
      labels: ['pulse::review'],
    });
    const todos = await desk.as('developer').raw('GET', '/todos');
    expect(todos.body).toEqual([]);
    const assigned = await owner.call<{ assignees: unknown[] }>('GET', `/issues/${record.issue!}`);
    expect(assigned.assignees).toEqual([]);
  });

  it('refuses a path that climbs out of content/', async () => {
    const developer = desk.as('developer');
    const content = [
      '---',
      'id: climbing',
      'profile: crypto',
      'targets: [outbox]',
      'media:',
      '  - file: content/../profiles/crypto.png',
      '    alt: A secret',
      '---',
      '',
      '## a',
      '',
      'Hello.',
      '',
    ].join('\n');
    await developer.commit(
      'climbing',
      [{ action: 'create', file_path: 'content/posts/2026/11/climbing.md', content }],
      'A post',
      'main',
    );
    const { iid } = await developer.openMergeRequest('climbing', 'A post');
    await desk.app.reconcile({ mergeRequest: iid });
    await desk.as('maintainer').comment(iid, '/pulse approve');
    await desk.app.reconcile({ mergeRequest: iid });
    const said = (await developer.notes(iid)).map(({ body }) => body).join('\n');
    expect(said).toMatch(/content\/\.\.\/profiles\/crypto\.png/);
    expect((await developer.mergeRequest(iid)).state).toBe('opened');
    expect(await desk.outbox()).toEqual([]);
  });
});
