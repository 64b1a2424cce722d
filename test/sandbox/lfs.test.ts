import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const bytes = Buffer.from('a large file');
const oid = createHash('sha256').update(bytes).digest('hex');
type Role = keyof Sandbox['users'];
const auth = (role: Role) =>
  `Basic ${Buffer.from(`git:${sandbox.users[role].token}`).toString('base64')}`;
const ask = (path: string, role: Role, init: RequestInit = {}) =>
  sandbox.fetch(`${sandbox.url}/${sandbox.project.path}.git${path}`, {
    ...init,
    headers: { authorization: auth(role), 'content-type': 'application/vnd.git-lfs+json' },
  });
const batch = async (
  operation: string,
  role: Role,
  object: object = { oid, size: bytes.length },
) => {
  const body = JSON.stringify({ operation, objects: [object] });
  const answer = await ask('/info/lfs/objects/batch', role, { method: 'POST', body });
  const { objects = [] } = (await answer.json()) as { objects?: Record<string, unknown>[] };
  return { status: answer.status, object: objects[0] };
};
const put = (name: string, body: Buffer, role: Role) =>
  ask(`/gitlab-lfs/objects/${name}/${String(body.length)}`, role, {
    method: 'PUT',
    body: new Uint8Array(body),
  });

describe('large files at the sandbox', () => {
  it('come and go as Git LFS brings and takes them', async () => {
    expect((await batch('download', 'maintainer')).object).toMatchObject({ error: { code: 404 } });
    expect((await batch('upload', 'maintainer')).object).toHaveProperty('actions.upload.href');
    expect((await put(oid, bytes, 'maintainer')).status).toBe(200);
    // What is there need not be sent again.
    expect((await batch('upload', 'maintainer')).object).toEqual({ oid, size: bytes.length });
    expect((await batch('download', 'reporter')).object).toHaveProperty('actions.download.href');
    const read = await ask(`/gitlab-lfs/objects/${oid}`, 'reporter');
    expect(await read.text()).toBe('a large file');
  });

  it('are only what their name says, and only from who may push', async () => {
    expect((await put('b'.repeat(64), bytes, 'maintainer')).status).toBe(422);
    expect((await put(oid, bytes, 'reporter')).status).toBe(403);
    expect((await batch('upload', 'reporter')).status).toBe(403);
    const odd = await batch('upload', 'maintainer', { oid: '../../x', size: 1 });
    expect(odd.object).toMatchObject({ error: { code: 422 } });
    const anonymous = await sandbox.fetch(
      `${sandbox.url}/${sandbox.project.path}.git/gitlab-lfs/objects/${oid}`,
    );
    expect(anonymous.status).toBe(401);
  });
});
