/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are looked at field by field */
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

describe('merging', () => {
  it('makes a real merge commit, with the message asked for, and removes the branch a little later', async () => {
    const { iid, sha, branch } = await propose(sandbox, 'real');
    const before = (await call('GET', ':/repository/branches/main')).body.commit.id as string;
    const merged = await call('PUT', mr(iid, '/merge'), {
      sha,
      merge_commit_message: 'Publish it',
      should_remove_source_branch: true,
    });
    expect(merged.body).toMatchObject({
      state: 'merged',
      detailed_merge_status: 'not_open',
      merged_by: { username: 'mara' },
    });
    const commit = (
      await call('GET', `:/repository/commits/${String(merged.body.merge_commit_sha)}`)
    ).body;
    expect([commit.message, commit.parent_ids]).toEqual(['Publish it', [before, sha]]);
    const at = `:/repository/branches/${encodeURIComponent(branch)}`;
    expect((await call('GET', at)).status).toBe(200);
    await sandbox.idle();
    expect((await call('GET', at)).status).toBe(404);
    expect((await show(iid)).sha).toBe(sha);
    expect((await call('GET', mr(iid, '/diffs'))).body).toHaveLength(1);
  });

  it('is refused in the order of GitLab: 404, 401, 409, 405', async () => {
    expect((await call('PUT', mr(99, '/merge'), {})).body).toEqual({ message: '404 Not found' });
    const { iid, sha } = await propose(sandbox, 'order', 'Draft: order');
    const developer = await as(sandbox, 'developer')('PUT', mr(iid, '/merge'), { sha: 'x' });
    expect([developer.status, developer.body]).toEqual([401, { message: '401 Unauthorized' }]);
    const wrong = await call('PUT', mr(iid, '/merge'), { sha: '0'.repeat(40) });
    expect([wrong.status, wrong.body]).toEqual([
      409,
      { message: `SHA does not match HEAD of source branch: ${sha}` },
    ]);
    const refused = { message: '405 Method Not Allowed' };
    const draft = await call('PUT', mr(iid, '/merge'), { sha });
    expect([draft.status, draft.body]).toEqual([405, refused]);
    await call('PUT', mr(iid), { title: 'order' });
    expect((await call('PUT', mr(iid, '/merge'), { sha })).status).toBe(200);
    const twice = await call('PUT', mr(iid, '/merge'), { sha });
    expect([twice.status, twice.body]).toEqual([405, refused]);
  });

  it('sees conflicts, and merges what only touches different lines', async () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${String(at)}\n`);
    const write = (branch: string, at: number, start?: string) => {
      const content = lines.map((line, n) => (n === at ? `${branch}\n` : line)).join('');
      return call('POST', ':/repository/commits', {
        branch,
        ...(start && { start_branch: start }),
        commit_message: branch,
        actions: [{ action: at < 0 ? 'create' : 'update', file_path: 'lines.md', content }],
      });
    };
    await write('main', -1);
    await write('side/far', 15, 'main');
    await write('side/near', 2, 'main');
    await write('main', 2);
    const open = async (branch: string) =>
      (
        await call('POST', ':/merge_requests', {
          source_branch: branch,
          target_branch: 'main',
          title: branch,
        })
      ).body.iid as number;
    const [far, near] = [await open('side/far'), await open('side/near')];
    expect((await show(near)).detailed_merge_status).toMatch(/preparing|checking/);
    expect([await status(far), await status(near)]).toEqual(['mergeable', 'conflict']);
    expect((await call('PUT', mr(near, '/merge'), {})).status).toBe(405);
    expect((await call('PUT', mr(far, '/merge'), {})).status).toBe(200);
    const file = await call('GET', ':/repository/files/lines.md/raw?ref=main');
    expect(file.body).toContain('side/far\n');
    expect(file.body).toContain('main\n');
  });

  it('squashes when asked', async () => {
    const { iid, sha } = await propose(sandbox, 'squashed');
    const { body } = await call('PUT', mr(iid, '/merge'), { sha, squash: true });
    expect(body.squash_commit_sha).toMatch(/^[0-9a-f]{40}$/);
    const parents = (await call('GET', `:/repository/commits/${String(body.merge_commit_sha)}`))
      .body.parent_ids;
    expect(parents[1]).toBe(body.squash_commit_sha);
  });

  it('of the same merge request twice at once happens once', async () => {
    const { iid, sha } = await propose(sandbox, 'twice');
    const both = await Promise.all([1, 2].map(() => call('PUT', mr(iid, '/merge'), { sha })));
    expect(both.map((each) => each.status).sort()).toEqual([200, 405]);
    const { body } = await call('GET', ':/repository/commits?ref_name=main&per_page=100');
    const titles = body.map((c: { title: string }) => c.title) as string[];
    expect(titles.filter((title) => title.includes("'post/twice'"))).toHaveLength(1);
  });

  it('closes the issues its words close', async () => {
    const { body: issue } = await call('POST', ':/issues', { title: 'bug' });
    const { iid } = await propose(sandbox, 'closer');
    await call('PUT', mr(iid), { description: `Fixes #${String(issue.iid)}, not \`fixes #1\`` });
    await call('PUT', mr(iid, '/merge'), {});
    expect((await call('GET', `:/issues/${String(issue.iid)}`)).body.state).toBe('closed');
  });
});

describe('settings of the project', () => {
  const set = (change: object) => call('PUT', ':', change);
  it('decide how it is merged, and what stands in the way', async () => {
    await set({ only_allow_merge_if_all_discussions_are_resolved: true });
    const { iid, sha } = await propose(sandbox, 'settings');
    const { body: thread } = await call('POST', mr(iid, '/discussions'), { body: 'why?' });
    expect(await status(iid)).toBe('discussions_not_resolved');
    expect((await call('PUT', mr(iid, '/merge'), { sha })).status).toBe(405);
    await call('PUT', mr(iid, `/discussions/${String(thread.id)}`), { resolved: true });
    await set({ only_allow_merge_if_pipeline_succeeds: true });
    expect(await status(iid)).toBe('ci_must_pass');
    await set({ only_allow_merge_if_pipeline_succeeds: false, squash_option: 'always' });
    const { body } = await call('PUT', mr(iid, '/merge'), { sha });
    expect(body.squash_commit_sha).toMatch(/^[0-9a-f]{40}$/);

    await set({ merge_method: 'ff', squash_option: 'never' });
    const behind = await propose(sandbox, 'behind');
    const forward = await propose(sandbox, 'forward');
    const merged = await call('PUT', mr(forward.iid, '/merge'), { sha: forward.sha });
    expect([merged.body.state, merged.body.merge_commit_sha]).toEqual(['merged', null]);
    expect((await call('GET', ':/repository/branches/main')).body.commit.id).toBe(forward.sha);
    expect((await call('PUT', mr(behind.iid, '/merge'), {})).status).toBe(405);
    expect((await set({ merge_method: 'magic' })).body).toEqual({
      error: 'merge_method does not have a valid value',
    });
  });
});
