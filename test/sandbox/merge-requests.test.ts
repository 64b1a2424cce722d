/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are looked at field by field */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { as, propose, type Answer } from './caller.ts';

let sandbox: Sandbox;
let call: (method: string, path: string, body?: object) => Promise<Answer>;
beforeAll(async () => {
  sandbox = await createSandbox();
  call = as(sandbox, 'maintainer');
});
afterAll(() => sandbox.close());

const mr = (iid: number, rest = '') => `:/merge_requests/${String(iid)}${rest}`;
const show = async (iid: number) => (await call('GET', mr(iid))).body;
/** As a client has to wait for it. */
const status = async (iid: number) => {
  await call('GET', mr(iid));
  await sandbox.idle();
  return (await show(iid)).detailed_merge_status as string;
};

describe('merge requests', () => {
  it('are one for two branches, stay open when the branch is deleted, reopen when closed', async () => {
    const { iid, branch, sha } = await propose(sandbox, 'only');
    const again = await call('POST', ':/merge_requests', {
      source_branch: branch,
      target_branch: 'main',
      title: 'again',
    });
    expect([again.status, again.body]).toEqual([
      409,
      {
        message: [
          `Another open merge request already exists for this source branch: !${String(iid)}`,
        ],
      },
    ]);
    await call('DELETE', `:/repository/branches/${encodeURIComponent(branch)}`);
    expect(await show(iid)).toMatchObject({ state: 'opened', sha });
    expect((await call('PUT', mr(iid), { state_event: 'close' })).body.state).toBe('closed');
    expect((await call('PUT', mr(iid), { state_event: 'reopen' })).body.state).toBe('opened');
  });

  it('become drafts by title, and by a commit that begins with draft: or fixup!', async () => {
    const { iid, branch } = await propose(sandbox, 'drafts', '[Draft] words');
    expect(await show(iid)).toMatchObject({ draft: true, work_in_progress: true });
    expect(await status(iid)).toBe('draft_status');
    await call('PUT', mr(iid), { title: 'words' });
    await call('POST', mr(iid, '/approve'), {});
    await call('POST', ':/repository/commits', {
      branch,
      commit_message: 'fixup! words',
      actions: [{ action: 'update', file_path: 'content/drafts.md', content: 'two\n' }],
    });
    expect(await show(iid)).toMatchObject({ draft: true, title: 'Draft: words' });
    expect((await call('GET', mr(iid, '/approvals'))).body.approved).toBe(true);
    const notes = (await call('GET', mr(iid, '/notes?sort=asc'))).body as { body: string }[];
    expect(notes.map((note) => note.body.split('\n')[0])).toEqual([
      'marked this merge request as **ready**',
      'approved this merge request',
      'added 1 commit',
      'marked this merge request as **draft**',
    ]);
  });

  it('hold approvals of whoever asks, for a commit, which bots may reset', async () => {
    const { iid, sha } = await propose(sandbox, 'approved');
    const reviewer = as(sandbox, 'reviewer');
    const stale = await reviewer('POST', mr(iid, '/approve'), { sha: '0'.repeat(40) });
    expect([stale.status, stale.body.message]).toEqual([
      409,
      `SHA does not match HEAD of source branch: ${sha}`,
    ]);
    const given = await reviewer('POST', mr(iid, '/approve'), { sha });
    expect(Object.keys(given.body)).toEqual([
      'user_has_approved',
      'user_can_approve',
      'approved',
      'approved_by',
    ]);
    expect((await reviewer('POST', mr(iid, '/approve'), {})).status).toBe(401);
    expect((await call('GET', mr(iid, '/approvals'))).body).toMatchObject({
      user_has_approved: false,
      user_can_approve: true,
      approved_by: [{ user: { username: 'rita' } }],
    });
    expect((await call('PUT', mr(iid, '/reset_approvals'))).status).toBe(403);
    expect((await reviewer('POST', mr(iid, '/unapprove'))).status).toBe(201);
    expect((await reviewer('POST', mr(iid, '/unapprove'))).status).toBe(404);
  });

  it('come from forks, whose owners have no say in the desk', async () => {
    const reporter = as(sandbox, 'reporter');
    const fork = (await reporter('POST', ':/fork')).body as {
      id: number;
      path_with_namespace: string;
    };
    expect(fork.path_with_namespace).toBe('ron/desk');
    const commit = await reporter('POST', `/projects/${String(fork.id)}/repository/commits`, {
      branch: 'idea',
      start_branch: 'main',
      commit_message: 'idea',
      actions: [{ action: 'create', file_path: 'content/fork.md', content: 'x\n' }],
    });
    expect(commit.status).toBe(201);
    const opened = await reporter('POST', `/projects/${String(fork.id)}/merge_requests`, {
      source_branch: 'idea',
      target_branch: 'main',
      title: 'From outside',
      target_project_id: sandbox.project.id,
    });
    expect(opened.body).toMatchObject({
      project_id: sandbox.project.id,
      source_project_id: fork.id,
    });
    const iid = opened.body.iid as number;
    expect((await call('GET', mr(iid, '/diffs'))).body[0].new_path).toBe('content/fork.md');
    expect((await reporter('PUT', mr(iid, '/merge'), {})).status).toBe(401);
    expect((await call('PUT', mr(iid, '/merge'), {})).body.state).toBe('merged');
  });
});
