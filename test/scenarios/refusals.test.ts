import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDesk, type TestDesk } from './desk.ts';
import type { Role } from './people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk();
});
afterAll(() => desk.close());

/** Looks at the post and tells what came of it: nothing is out, and why. */
async function refused(id: string, mergeRequest: number): Promise<string> {
  await desk.app.reconcile({ mergeRequest });
  const record = await desk.record(id);
  expect(record.deliveries.filter(({ status }) => status === 'published')).toEqual([]);
  expect((await desk.outbox()).filter((path) => path.includes(id))).toEqual([]);
  const owner = desk.as('owner');
  const notes = [
    ...(await owner.notes(mergeRequest)),
    ...(await owner.issueNotes(record.issue ?? 0)),
  ];
  return notes.map(({ body }) => body).join('\n');
}

describe('an approval is refused and explained', () => {
  it.each<[Role, RegExp]>([
    ['guest', /needs the role developer/],
    ['reporter', /needs the role developer/],
  ])("when it is a %s's comment", async (role, why) => {
    const { id, mergeRequest, issue } = await desk.inReview(`bitcoin for ${role}`);
    await desk.as(role).commentOnIssue(issue, '/pulse approve');
    expect(await refused(id, mergeRequest)).toMatch(why);
    expect(await desk.record(id)).toMatchObject({ status: 'review' });
  });

  it("when it is a reporter's label", async () => {
    const { id, mergeRequest, issue } = await desk.inReview('bitcoin labelled');
    await desk.as('reporter').labelIssue(issue, 'pulse::approved');
    expect(await refused(id, mergeRequest)).toMatch(/needs the role developer/);
    expect(await desk.as('reporter').issue(issue)).toMatchObject({ labels: ['pulse::review'] });
  });

  it('when a stranger asks: they cannot even see the desk', async () => {
    const { mergeRequest } = await desk.inReview('bitcoin for strangers');
    const answer = await desk
      .as('stranger')
      .raw('POST', `/projects/${desk.sandbox.project.id}/merge_requests/${mergeRequest}/notes`, {
        body: '/pulse approve',
      });
    expect(answer).toEqual({ status: 404, body: { message: '404 Project Not Found' } });
  });

  it('when it is the machine account', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin by machine');
    await desk.app.desk.gitlab.addNote(
      { on: 'merge_request', iid: mergeRequest },
      '/pulse approve',
    );
    await refused(id, mergeRequest);
    expect(await desk.record(id)).toMatchObject({
      status: 'review',
      requests: [{ key: 'polish' }],
    });
  });

  it('when the text has changed since', async () => {
    const { id, mergeRequest, branch, path } = await desk.inReview('bitcoin changing');
    const developer = desk.as('developer');
    await developer.comment(mergeRequest, '/pulse approve');
    const text = await developer.read(path, branch);
    await developer.commit(
      branch,
      [{ action: 'update', file_path: path, content: text.replace('## a\n', '## a\n\nNew.\n') }],
      'Edit',
    );
    expect(await refused(id, mergeRequest)).toMatch(/the post has changed since/);
  });

  it('when the comment was edited', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin edited');
    const developer = desk.as('developer');
    const { id: note } = await developer.comment(mergeRequest, 'Looks good');
    desk.clock.advance(5000);
    await developer.editComment(mergeRequest, note, '/pulse approve');
    expect(await refused(id, mergeRequest)).toMatch(/edited comment never approves/);
  });

  it('when it is a label set while the merge request was being created', async () => {
    const developer = desk.as('developer');
    const path = 'content/posts/2026/11/labelled-at-birth.md';
    const content =
      '---\nid: labelled-at-birth\nprofile: crypto\ntargets: [outbox]\n---\n\n## a\n\nHello.\n';
    await developer.commit(
      'at-birth',
      [{ action: 'create', file_path: path, content }],
      'A post',
      'main',
    );
    const { iid } = await developer.call<{ iid: number }>('POST', '/merge_requests', {
      source_branch: 'at-birth',
      target_branch: 'main',
      title: 'A post',
      labels: 'pulse::approved',
    });
    await desk.app.reconcile({ mergeRequest: iid });
    expect(await refused('labelled-at-birth', iid)).toMatch(/set while creating never approves/);
  });

  it('when its author approves it and the profile wants a second pair of eyes', async () => {
    const owner = desk.as('owner');
    const profile = await owner.read('profiles/crypto.yaml', 'main');
    const strict = profile.replace(/^( *authors:) true/m, '$1 false');
    expect(strict).not.toBe(profile);
    const write = (content: string) =>
      owner.commit(
        'main',
        [{ action: 'update', file_path: 'profiles/crypto.yaml', content }],
        'Change who may approve',
      );
    await write(strict);
    desk.clock.advance(60_000);
    const { id, mergeRequest, branch, path } = await desk.inReview('bitcoin by its author');
    const developer = desk.as('developer');
    const text = await developer.read(path, branch);
    await developer.commit(
      branch,
      [{ action: 'update', file_path: path, content: text.replace('## a\n', '## a\n\nMine.\n') }],
      'Edit',
    );
    await desk.app.reconcile({ mergeRequest });
    await developer.comment(mergeRequest, '/pulse approve');
    expect(await refused(id, mergeRequest)).toMatch(/second pair of eyes/);
    await desk.as('maintainer').comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ deliveries: [{ status: 'published' }] });
    await write(profile);
    desk.clock.advance(60_000);
  });

  it('when the branch also touches a pipeline or a profile', async () => {
    const { id, mergeRequest, branch } = await desk.inReview('bitcoin and pipeline');
    const developer = desk.as('developer');
    await developer.commit(
      branch,
      [{ action: 'create', file_path: 'profiles/evil.yaml', content: 'name: evil\n' }],
      'Add a profile',
    );
    await desk.app.reconcile({ mergeRequest });
    await developer.comment(mergeRequest, '/pulse approve');
    expect(await refused(id, mergeRequest)).toMatch(/also changes.*profiles\/evil\.yaml/);
    expect(await developer.mergeRequest(mergeRequest)).toMatchObject({ state: 'opened' });
  });

  it('when the branch of the records is not protected', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin unprotected');
    const owner = desk.as('owner');
    const rule = await owner.call('GET', '/protected_branches/pulse-state');
    await owner.call('DELETE', '/protected_branches/pulse-state');
    await desk.as('developer').comment(mergeRequest, '/pulse approve');
    expect(await refused(id, mergeRequest)).toMatch(/pulse-state/);
    expect(rule).toMatchObject({ name: 'pulse-state' });
    await owner.call('POST', '/protected_branches', {
      name: 'pulse-state',
      push_access_level: 40,
      merge_access_level: 40,
    });
  });
});

describe('what the records say alone proves nothing', () => {
  it('an approval written by hand sends nothing', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin forged');
    const record = await desk.record(id);
    const last = record.revisions.at(-1);
    const forged = {
      ...record,
      status: 'approved',
      mergedAs: 'f'.repeat(40),
      approvals: [
        {
          by: { id: desk.sandbox.users.developer.id, username: 'developer' },
          via: 'command',
          ref: 1,
          on: 'merge_request',
          at: record.updated,
          revision: last?.n,
          hash: last?.hash,
        },
      ],
      deliveries: [
        {
          target: 'outbox',
          platform: 'outbox',
          status: 'scheduled',
          due: 0,
          attempt: 0,
          revision: last?.n,
          hash: last?.hash,
          receipts: [],
        },
      ],
    };
    await desk
      .as('owner')
      .commit(
        'pulse-state',
        [{ action: 'update', file_path: `posts/${id}.json`, content: JSON.stringify(forged) }],
        'By hand [skip ci]',
      );
    await refused(id, mergeRequest);
  });
});

describe('a merge request from a fork', () => {
  it('is never taken in', async () => {
    const developer = desk.as('developer');
    const fork = await developer.call<{ id: number }>('POST', '/fork', {});
    const content =
      '---\nid: from-a-fork\nprofile: crypto\ntargets: [outbox]\n---\n\n## a\n\nHello.\n';
    await developer.raw('POST', `/projects/${fork.id}/repository/commits`, {
      branch: 'post/from-a-fork',
      start_branch: 'main',
      commit_message: 'Add a post',
      actions: [{ action: 'create', file_path: 'content/posts/2026/11/from-a-fork.md', content }],
    });
    const opened = await developer.raw('POST', `/projects/${fork.id}/merge_requests`, {
      source_branch: 'post/from-a-fork',
      target_branch: 'main',
      target_project_id: desk.sandbox.project.id,
      title: 'A post',
    });
    const { iid } = opened.body as { iid: number };
    await desk.app.reconcile({ mergeRequest: iid });
    await desk.app.reconcile({ mergeRequest: iid });
    expect(await desk.app.desk.records.load('from-a-fork')).toBeUndefined();
    const said = (await developer.notes(iid)).filter(({ body }) => body.includes('from a fork'));
    expect(said).toHaveLength(1);
  });
});
