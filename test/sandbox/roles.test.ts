/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { as, propose, type Role } from './caller.ts';

let sandbox: Sandbox;
let note = 0;
beforeAll(async () => {
  sandbox = await createSandbox();
  const owner = as(sandbox, 'owner');
  await owner('POST', ':/issues', { title: 'one', labels: 'a' });
  await propose(sandbox, 'first');
  note = (await owner('POST', ':/issues/1/notes', { body: 'mine' })).body.id as number;
  await owner('POST', ':/labels', { name: 'b', color: '#ff0000' });
});
afterAll(() => sandbox.close());

const roles: readonly Role[] = [
  'stranger',
  'guest',
  'reporter',
  'developer',
  'maintainer',
  'owner',
];

/** One row a deed: what each role is answered. */
const table: readonly [string, string, () => string, object | undefined, number[]][] = [
  ['sees the project', 'GET', () => ':', undefined, [404, 200, 200, 200, 200, 200]],
  ['reads issues', 'GET', () => ':/issues/1', undefined, [404, 200, 200, 200, 200, 200]],
  [
    'writes an issue',
    'POST',
    () => ':/issues',
    { title: 'x', labels: 'a' },
    [404, 201, 201, 201, 201, 201],
  ],
  [
    'labels an issue',
    'PUT',
    () => ':/issues/1',
    { add_labels: 'c' },
    [404, 403, 200, 200, 200, 200],
  ],
  [
    'comments on an issue',
    'POST',
    () => ':/issues/1/notes',
    { body: 'hi' },
    [404, 201, 201, 201, 201, 201],
  ],
  [
    "edits another's note",
    'PUT',
    () => `:/issues/1/notes/${String(note)}`,
    { body: 'ours' },
    [404, 403, 403, 403, 200, 200],
  ],
  [
    'reads merge requests',
    'GET',
    () => ':/merge_requests/1',
    undefined,
    [404, 403, 200, 200, 200, 200],
  ],
  [
    'comments on a merge request',
    'POST',
    () => ':/merge_requests/1/notes',
    { body: 'hi' },
    [404, 403, 201, 201, 201, 201],
  ],
  [
    'labels a merge request',
    'PUT',
    () => ':/merge_requests/1',
    { add_labels: 'c' },
    [404, 403, 403, 200, 200, 200],
  ],
  ['approves', 'POST', () => ':/merge_requests/1/approve', {}, [404, 403, 401, 201, 201, 201]],
  [
    'merges into the protected branch',
    'PUT',
    () => ':/merge_requests/1/merge',
    { sha: '0'.repeat(40) },
    [404, 403, 401, 401, 409, 409],
  ],
  ['reads files', 'GET', () => ':/repository/tree', undefined, [404, 403, 200, 200, 200, 200]],
  [
    'commits to a branch',
    'POST',
    () => ':/repository/branches',
    { branch: 'x', ref: 'none' },
    [404, 403, 403, 400, 400, 400],
  ],
  [
    'makes a label',
    'POST',
    () => ':/labels',
    { name: 'b', color: '#00ff00' },
    [404, 403, 409, 409, 409, 409],
  ],
  ['sees hooks', 'GET', () => ':/hooks', undefined, [404, 403, 403, 403, 200, 200]],
  ['sees variables', 'GET', () => ':/variables', undefined, [404, 403, 403, 403, 200, 200]],
  ['sees access tokens', 'GET', () => ':/access_tokens', undefined, [404, 403, 403, 403, 200, 200]],
  ['sees members', 'GET', () => ':/members/all', undefined, [404, 200, 200, 200, 200, 200]],
  [
    'sees branch rules',
    'GET',
    () => ':/protected_branches',
    undefined,
    [404, 403, 403, 200, 200, 200],
  ],
  [
    'plans pipelines',
    'POST',
    () => ':/pipeline_schedules',
    { description: 'd', ref: 'main', cron: 'x' },
    [404, 403, 403, 400, 400, 400],
  ],
  ['deletes an issue', 'DELETE', () => ':/issues/99', undefined, [404, 403, 403, 403, 403, 404]],
];

describe('roles', () => {
  it.each(table)('%s', async (_, method, path, body, expected) => {
    const statuses: number[] = [];
    for (const role of roles) statuses.push((await as(sandbox, role)(method, path(), body)).status);
    expect(statuses).toEqual(expected);
  });

  it('a guest may set labels when creating an issue, and as its author change its words but no labels', async () => {
    const guest = as(sandbox, 'guest');
    const made = await guest('POST', ':/issues', { title: 'mine', labels: 'a,b' });
    expect(made.body.labels).toEqual(['a', 'b']);
    const path = `:/issues/${String(made.body.iid)}`;
    const changed = await guest('PUT', path, { title: 'better', add_labels: 'c' });
    expect([changed.status, changed.body.title, changed.body.labels]).toEqual([
      200,
      'better',
      ['a', 'b'],
    ]);
  });

  it('nobody but members sees a confidential issue, guests only their own', async () => {
    const made = await as(sandbox, 'reporter')('POST', ':/issues', {
      title: 's',
      confidential: true,
    });
    const path = `:/issues/${String(made.body.iid)}`;
    expect((await as(sandbox, 'guest')('GET', path)).status).toBe(404);
    expect((await as(sandbox, 'developer')('GET', path)).status).toBe(200);
    const listed = await as(sandbox, 'guest')('GET', ':/issues?per_page=100');
    expect(listed.body.map((issue: { iid: number }) => issue.iid)).not.toContain(made.body.iid);
  });

  it('an edited note keeps its author', async () => {
    const path = `:/issues/1/notes/${String(note)}`;
    await as(sandbox, 'maintainer')('PUT', path, { body: 'changed by a maintainer' });
    const { body } = await as(sandbox, 'guest')('GET', path);
    expect([body.body, body.author.username]).toEqual([
      'changed by a maintainer',
      sandbox.users.owner.username,
    ]);
    expect(body.author).not.toHaveProperty('bot');
  });

  it('who is removed, or whose membership has ended, is a stranger', async () => {
    const maintainer = as(sandbox, 'maintainer');
    const { id } = sandbox.users.stranger;
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await maintainer('POST', ':/members', { user_id: id, access_level: 30 });
    expect((await as(sandbox, 'stranger')('GET', ':')).status).toBe(200);
    await maintainer('PUT', `:/members/${String(id)}`, { access_level: 30, expires_at: yesterday });
    expect((await as(sandbox, 'stranger')('GET', ':')).status).toBe(404);
    await maintainer('DELETE', `:/members/${String(id)}`);
    expect((await maintainer('GET', `:/members/all/${String(id)}`)).status).toBe(404);
  });
});
