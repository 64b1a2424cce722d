import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk();
});
afterAll(() => desk.close());

const post = (id: string, text: string) =>
  `---\nid: ${id}\nprofile: crypto\ntargets: [outbox]\n---\n\n## a\n\n${text}\n`;

describe('people do as they always do', () => {
  it('merge by hand in the window: the merger is the approver', async () => {
    const { id, mergeRequest } = await desk.drafted('bitcoin merged early');
    const maintainer = desk.as('maintainer');
    await maintainer.title(mergeRequest, 'crypto: bitcoin merged early');
    await maintainer.merge(mergeRequest);
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({
      approvals: [{ via: 'merge', by: { id: maintainer.id } }],
      deliveries: [{ status: 'published' }],
    });
  });

  it('mark ready early: the window ends', async () => {
    const { id, mergeRequest } = await desk.drafted('bitcoin ready early');
    await desk.as('developer').title(mergeRequest, 'crypto: bitcoin ready early');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ status: 'review' });
  });

  it('rename the file: it is the same post', async () => {
    const { id, mergeRequest, branch, path } = await desk.inReview('bitcoin renamed');
    const developer = desk.as('developer');
    const moved = 'content/posts/2026/11/a-better-name.md';
    await developer.commit(
      branch,
      [{ action: 'move', file_path: moved, previous_path: path }],
      'Rename',
    );
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ path: moved, status: 'review' });
    await developer.comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ deliveries: [{ status: 'published' }] });
  });

  it('add a post by hand: it is adopted, reviewed and published', async () => {
    const developer = desk.as('developer');
    const path = 'content/posts/2026/11/by-hand.md';
    await developer.commit(
      'my-own-branch',
      [{ action: 'create', file_path: path, content: post('by-hand', 'Written by me.') }],
      'A post of mine',
      'main',
    );
    const { iid } = await developer.openMergeRequest('my-own-branch', 'A post of mine');
    await desk.app.reconcile({ mergeRequest: iid });
    expect(await desk.record('by-hand')).toMatchObject({ status: 'review', path });
    await desk.as('maintainer').comment(iid, '/pulse approve');
    await desk.app.reconcile({ mergeRequest: iid });
    expect(await desk.record('by-hand')).toMatchObject({ deliveries: [{ status: 'published' }] });
  });

  it('close and reopen: held, then on', async () => {
    const { id, mergeRequest, issue } = await desk.inReview('bitcoin closed');
    const developer = desk.as('developer');
    await developer.setIssueState(issue, 'close');
    await desk.app.reconcile({ issue });
    expect(await desk.record(id)).toMatchObject({ status: 'held' });
    expect(await developer.mergeRequest(mergeRequest)).toMatchObject({ labels: ['pulse::held'] });
    await developer.setIssueState(issue, 'reopen');
    await desk.app.reconcile({ issue });
    expect(await desk.record(id)).toMatchObject({ status: 'review' });
  });

  it('delete the branch: held', async () => {
    const { id, branch } = await desk.inReview('bitcoin deleted');
    await desk.as('developer').deleteBranch(branch);
    await desk.app.reconcile({ branch });
    expect(await desk.record(id)).toMatchObject({ status: 'held', held: { why: 'branch' } });
  });

  it('reject and reopen: back in review', async () => {
    const { id, mergeRequest, issue } = await desk.inReview('bitcoin rejected');
    const developer = desk.as('developer');
    await developer.comment(mergeRequest, '/pulse reject not ours');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ status: 'rejected' });
    expect(await developer.issue(issue)).toMatchObject({ state: 'closed' });
    await developer.setState(mergeRequest, 'reopen');
    await developer.setIssueState(issue, 'reopen');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ status: 'review' });
  });

  it('revert on the default branch: what is scheduled is cancelled', async () => {
    const { id, mergeRequest, path } = await desk.inReview('bitcoin reverted');
    await desk
      .as('developer')
      .comment(mergeRequest, '/pulse schedule 2036-01-01T09:00+00:00\n/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ deliveries: [{ status: 'scheduled' }] });
    await desk.as('maintainer').commit('main', [{ action: 'delete', file_path: path }], 'Revert');
    await desk.app.reconcile({ branch: 'main' });
    expect(await desk.record(id)).toMatchObject({
      status: 'rejected',
      deliveries: [{ status: 'cancelled' }],
    });
  });

  it('edit what is already out: it stays as it is, and the card says so', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin out');
    await desk.as('developer').comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    const { path, card } = await desk.record(id);
    const maintainer = desk.as('maintainer');
    const text = await maintainer.read(path, 'main');
    await maintainer.commit(
      'main',
      [
        {
          action: 'update',
          file_path: path,
          content: text.replace('## a\n', '## a\n\nToo late.\n'),
        },
      ],
      'Edit',
    );
    await desk.app.reconcile({ branch: 'main' });
    expect(await desk.record(id)).toMatchObject({
      status: 'approved',
      deliveries: [{ status: 'published' }],
    });
    const note = (await maintainer.notes(mergeRequest)).find((each) => each.id === card);
    expect(note?.body).toMatch(/What is published is untouched/);
  });

  it('ask the machine to change words of theirs: only then it may', async () => {
    const { id, mergeRequest, branch, path } = await desk.drafted('bitcoin mine');
    const developer = desk.as('developer');
    const text = await developer.read(path, branch);
    const mine = text.replace(
      /## a\n\n[\s\S]*?\n\n## b/,
      '## a\n\nMy own words, every one.\n\n## b',
    );
    await developer.commit(branch, [{ action: 'update', file_path: path, content: mine }], 'Mine');
    desk.clock.advance(3 * 3_600_000);
    await desk.app.reconcile({ post: id });
    expect(await desk.record(id)).toMatchObject({ status: 'review' });
    expect(await developer.read(path, branch)).toContain('My own words, every one.');
    await developer.comment(mergeRequest, '/pulse refine shorter');
    await desk.app.reconcile({ mergeRequest });
    expect((await desk.record(id)).revisions.at(-1)?.by).toBe('machine');
  });
});
