/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { mkdtemp, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isError } from '../../lib/errors.ts';
import { createSandbox } from '../../sandbox/index.ts';
import { as, propose } from './caller.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const everything = [
  ':',
  ':/issues',
  ':/issues/1/discussions',
  ':/issues/1/resource_label_events',
  ':/merge_requests',
  ':/merge_requests/1/approvals',
  ':/merge_requests/1/diffs',
  ':/labels',
  ':/members/all',
  ':/protected_branches',
  ':/hooks',
  ':/variables',
  ':/access_tokens',
  ':/repository/tree?recursive=true',
  ':/repository/branches',
  ':/events',
];

describe('a sandbox with a folder', () => {
  it('is found again as it was left', async () => {
    const first = await createSandbox({ folder });
    const owner = as(first, 'owner');
    await owner('POST', ':/issues', { title: 'one', labels: 'a,b' });
    await owner('POST', ':/issues/1/notes', { body: 'hello' });
    await propose(first, 'kept');
    await owner('POST', ':/merge_requests/1/approve');
    await owner('POST', ':/variables', { key: 'K', value: 'v' });
    await owner('POST', ':/protected_branches', { name: 'pulse-state' });
    const look = async (sandbox: typeof first) =>
      Promise.all(
        everything.map(async (path) => [
          path,
          (await as(sandbox, 'owner')('GET', path)).body as object,
        ]),
      );
    const before = await look(first);
    const { users, project } = first;
    await first.close();

    const second = await createSandbox({ folder });
    expect(await look(second)).toEqual(before);
    expect([second.users, second.project]).toEqual([users, project]);
    const { body } = await as(second, 'owner')('POST', ':/issues', { title: 'two' });
    expect(body.iid).toBe(2);
    await second.close();
  });

  it('writes soon after a change, without being closed', async () => {
    const sandbox = await createSandbox({ folder });
    await as(sandbox, 'owner')('POST', ':/issues', { title: 'soon written' });
    await expect
      .poll(() => readFile(join(folder, 'sandbox.json'), 'utf8'), { timeout: 5000 })
      .toContain('soon written');
    await sandbox.close();
  });

  it('says what is wrong when its state was cut short or is gone, and touches nothing', async () => {
    await (await createSandbox({ folder })).close();
    const file = join(folder, 'sandbox.json');
    await truncate(file, 100);
    const refusal = async () => {
      const error: unknown = await createSandbox({ folder }).catch((thrown: unknown) => thrown);
      return isError(error, 'FILE_INVALID') ? error.message : error;
    };
    expect(await refusal()).toMatch(/sandbox\.json cannot be used:\nIt is no JSON/);
    expect((await readFile(file)).length).toBe(100);
    await unlink(file);
    expect(await refusal()).toMatch(/It is missing though its repositories are there/);
  });
});

describe('a sandbox that was ended hard', () => {
  it('takes what its repository holds for what is', async () => {
    const first = await createSandbox({ folder });
    const { iid } = await propose(first, 'ahead');
    await first.close();
    const file = join(folder, 'sandbox.json');
    const before = await readFile(file, 'utf8');
    const second = await createSandbox({ folder });
    const { body: commit } = await as(second, 'developer')('POST', ':/repository/commits', {
      branch: 'post/ahead',
      commit_message: 'later',
      actions: [{ action: 'create', file_path: 'later', content: 'x' }],
    });
    await second.close();
    await writeFile(file, before);
    const third = await createSandbox({ folder });
    const call = as(third, 'developer');
    expect((await call('GET', `:/merge_requests/${String(iid)}`)).body.sha).toBe(commit.id);
    expect((await call('GET', `:/merge_requests/${String(iid)}/diffs`)).body).toHaveLength(2);
    await third.close();
  });
});
