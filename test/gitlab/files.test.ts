import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createGitLab } from '../../lib/gitlab/index.ts';
import { type Answer, json, listen } from './server.ts';

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});
const serve = async (...answers: Answer[]) => {
  const server = await listen(...answers);
  open.push(server);
  return server;
};
const connect = (url: string) =>
  createGitLab({ url, project: 'group/desk', token: 'glpat-secret', timeout: 2000 });
const redirect =
  (to: string): Answer =>
  (response) =>
    response.writeHead(302, { location: to }).end();
const file: Answer = (response) =>
  response
    .writeHead(200, { 'content-type': 'application/octet-stream' })
    .end(Buffer.from([0, 255, 10]));

describe('large files', () => {
  it('are read as they are, from where GitLab keeps them, which never sees the token', async () => {
    const storage = await serve(file);
    const gitlab = await serve(redirect(`${storage.url}/bucket/x?signature=1`));
    const bytes = await connect(gitlab.url).readWhole('content/media/ä b.png', 'post/x');
    expect([...(bytes ?? [])]).toEqual([0, 255, 10]);
    expect(gitlab.seen[0]?.url).toBe(
      '/api/v4/projects/group%2Fdesk/repository/files/content%2Fmedia%2F%C3%A4%20b.png/raw?ref=post%2Fx&lfs=true',
    );
    expect(gitlab.seen[0]?.headers['private-token']).toBe('glpat-secret');
    expect(storage.seen[0]?.headers).not.toHaveProperty('private-token');
    expect(JSON.stringify(storage.seen)).not.toContain('glpat-secret');
  });

  it('are asked about without their bytes', async () => {
    const sha256 = createHash('sha256').update('x').digest('hex');
    const headers = { 'x-gitlab-content-sha256': sha256, 'x-gitlab-size': '1' };
    const gitlab = await serve((response) => response.writeHead(200, headers).end());
    expect(await connect(gitlab.url).fileFacts('a.png', 'main')).toEqual({ sha256, size: 1 });
    expect(gitlab.seen.map(({ method }) => method)).toEqual(['HEAD']);
    const old = await serve((response) => response.writeHead(200).end());
    await expect(connect(old.url).fileFacts('a.png', 'main')).rejects.toMatchObject({
      code: 'GITLAB_UNEXPECTED',
    });
  });

  it('that are not there are nothing, and a project that is closed to us is an error', async () => {
    const missing = await serve(json({ message: '404 File Not Found' }, 404));
    expect(await connect(missing.url).fileFacts('a.png', 'main')).toBeUndefined();
    expect(await connect(missing.url).readWhole('a.png', 'main')).toBeUndefined();
    const closed = await serve(json({ message: '404 Project Not Found' }, 404));
    for (const ask of ['fileFacts', 'readWhole'] as const)
      await expect(connect(closed.url)[ask]('a.png', 'main')).rejects.toMatchObject({
        code: 'GITLAB_REFUSED',
      });
  });

  it('are the pointer when what it points to is lost', async () => {
    const content = Buffer.from('version').toString('base64');
    const gitlab = await serve(
      json({ message: '404 Not found' }, 404),
      json({ content, last_commit_id: 'a' }),
    );
    const bytes = await connect(gitlab.url).readWhole('a.png', 'main');
    expect(Buffer.from(bytes ?? []).toString()).toBe('version');
  });
});
