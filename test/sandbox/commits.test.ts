/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { as, type Answer } from './caller.ts';

let sandbox: Sandbox;
let call: (method: string, path: string, body?: object) => Promise<Answer>;
beforeAll(async () => {
  sandbox = await createSandbox();
  call = as(sandbox, 'maintainer');
  await commit([{ action: 'create', file_path: 'a/one.txt', content: 'one\n' }]);
});
afterAll(() => sandbox.close());

const commit = (actions: object[], more: object = {}) =>
  call('POST', ':/repository/commits', { branch: 'main', commit_message: 'm', actions, ...more });
const read = async (path: string, ref = 'main') =>
  call('GET', `:/repository/files/${encodeURIComponent(path)}?ref=${encodeURIComponent(ref)}`);

describe('commits of files', () => {
  const words: [object, string][] = [
    [
      { action: 'create', file_path: 'a/one.txt', content: '' },
      'A file with this name already exists',
    ],
    [
      { action: 'create', file_path: 'a', content: '' },
      'A directory with this name already exists',
    ],
    [
      { action: 'create', file_path: 'a/one.txt/b', content: '' },
      'A file with this name already exists',
    ],
    [{ action: 'update', file_path: 'a/none', content: '' }, "A file with this name doesn't exist"],
    [{ action: 'delete', file_path: 'a/none' }, "A file with this name doesn't exist"],
    [
      { action: 'move', file_path: 'b', previous_path: 'none' },
      "A file with this name doesn't exist",
    ],
    [
      { action: 'create', file_path: '../x', content: '' },
      'Path cannot include directory traversal',
    ],
    [
      { action: 'create', file_path: 'x/.git/config', content: '' },
      'Path cannot include directory traversal',
    ],
    [
      { action: 'update', file_path: 'a/one.txt', content: '', last_commit_id: '0'.repeat(40) },
      'You are attempting to update a file that has changed since you started editing it.',
    ],
  ];
  it.each(words)('%o is refused, and nothing of it is written', async (action, message) => {
    const before = (await call('GET', ':/repository/branches/main')).body.commit.id as string;
    const answer = await commit([{ action: 'create', file_path: 'z', content: 'z' }, action]);
    expect([answer.status, answer.body]).toEqual([400, { message }]);
    expect((await call('GET', ':/repository/branches/main')).body.commit.id).toBe(before);
  });

  it('creates, updates, moves and deletes in one, text and base64, and keeps the mode', async () => {
    const bytes = Buffer.from([0, 255, 10, 13]);
    await commit([
      { action: 'create', file_path: 'b/run.sh', content: '#!/bin/sh\n', execute_filemode: true },
      {
        action: 'create',
        file_path: 'b/image',
        content: bytes.toString('base64'),
        encoding: 'base64',
      },
      { action: 'create', file_path: 'b/old', content: 'moved\n' },
      { action: 'create', file_path: 'b/gone', content: 'x' },
    ]);
    const made = await commit([
      { action: 'move', file_path: 'b/deep/new', previous_path: 'b/old' },
      { action: 'delete', file_path: 'b/gone' },
      { action: 'update', file_path: 'b/run.sh', content: '#!/bin/sh\necho\n' },
    ]);
    expect(made.body.stats).toEqual({ additions: 2, deletions: 2, total: 4 });
    const { body: tree } = await call('GET', ':/repository/tree?path=b&recursive=true');
    expect(tree.map((e: { path: string; mode: string }) => `${e.mode} ${e.path}`)).toEqual([
      '040000 b/deep',
      '100644 b/deep/new',
      '100644 b/image',
      '100755 b/run.sh',
    ]);
    expect(Buffer.from((await read('b/image')).body.content as string, 'base64')).toEqual(bytes);
    expect((await read('b/deep/new')).body.size).toBe(6);
  });

  it('tells the last commit of a file, also as a header to who asks with HEAD', async () => {
    const first = (await read('a/one.txt')).body.last_commit_id as string;
    await commit([{ action: 'create', file_path: 'unrelated', content: 'x' }]);
    expect((await read('a/one.txt')).body.last_commit_id).toBe(first);
    const second = await commit([
      { action: 'update', file_path: 'a/one.txt', content: 'two\n', last_commit_id: first },
    ]);
    const head = await sandbox.fetch(
      `${sandbox.url}/api/v4/projects/${String(sandbox.project.id)}/repository/files/a%2Fone.txt?ref=main`,
      { method: 'HEAD', headers: { 'private-token': sandbox.users.reporter.token } },
    );
    expect(head.headers.get('x-gitlab-last-commit-id')).toBe(second.body.id);
    expect(await head.text()).toBe('');
  });

  it('of a path by eight at once lands once, whatever the others are told', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        commit([{ action: 'create', file_path: 'claims/x.json', content: String(n) }]),
      ),
    );
    expect(all.filter((each) => each.status === 201)).toHaveLength(1);
    const said = new Set(all.filter((e) => e.status !== 201).map((e) => e.body.message as string));
    for (const message of said)
      expect(message).toMatch(/reference does not point to expected object|already exists/);
  });

  it('begins branches at others, at commits, or anew with force', async () => {
    const one = { action: 'create', file_path: 'n', content: 'n' };
    expect((await commit([one], { branch: 'nowhere' })).body.message).toBe(
      'You can only create or edit files when you are on a branch',
    );
    expect((await commit([one], { branch: 'side', start_branch: 'main' })).status).toBe(201);
    expect((await commit([one], { branch: 'side', start_branch: 'main' })).status).toBe(400);
    const main = (await call('GET', ':/repository/branches/main')).body.commit.id as string;
    const forced = await commit([one], { branch: 'side', start_sha: main, force: true });
    expect(forced.body.parent_ids).toEqual([main]);
    const onMain = await commit([one], { branch: 'main', start_branch: 'side', force: true });
    expect(onMain.status).toBe(403);
  });

  it('to a protected branch is for who may push there', async () => {
    const developer = as(sandbox, 'developer');
    const body = {
      branch: 'main',
      commit_message: 'm',
      actions: [{ action: 'create', file_path: 'd', content: '' }],
    };
    const refused = await developer('POST', ':/repository/commits', body);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      'You are not allowed to push into this branch',
    ]);
    await call('POST', ':/protected_branches', { name: 'pulse-*', push_access_level: 0 });
    expect((await commit([], { branch: 'pulse-x', start_branch: 'main' })).status).toBe(400);
    const nobody = await commit([{ action: 'create', file_path: 'd', content: '' }], {
      branch: 'pulse-x',
      start_branch: 'main',
    });
    expect(nobody.status).toBe(403);
    expect((await call('DELETE', ':/repository/branches/main')).status).toBe(400);
  });

  it('compares two refs from where they parted', async () => {
    await commit([{ action: 'create', file_path: 'only-side', content: 's' }], {
      branch: 'cmp',
      start_branch: 'main',
    });
    await commit([{ action: 'create', file_path: 'only-main', content: 's' }]);
    const { body } = await call('GET', ':/repository/compare?from=main&to=cmp');
    expect(body.diffs.map((d: { new_path: string }) => d.new_path)).toEqual(['only-side']);
    expect(body.commits).toHaveLength(1);
    const log = await call('GET', ':/repository/commits?ref_name=main&path=a/one.txt');
    expect(log.body).toHaveLength(2);
  });

  it('stays quick: many commits and reads a second', async () => {
    const started = performance.now();
    for (let n = 0; n < 50; n += 1)
      await commit([{ action: 'create', file_path: `many/${String(n)}.json`, content: '{}' }]);
    for (let n = 0; n < 50; n += 1) await read(`many/${String(n)}.json`);
    // Far above what it takes (0.2 s), far below what one process of git each would take on a busy machine.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
