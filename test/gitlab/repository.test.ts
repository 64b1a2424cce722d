import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { createGitLab, type GitLab } from '../../lib/gitlab/index.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let gitlab: GitLab;
const as = (role: keyof Sandbox['users']) =>
  createGitLab({
    url: sandbox.url,
    project: sandbox.project.path,
    token: sandbox.users[role].token,
    fetch: sandbox.fetch as typeof globalThis.fetch,
  });
beforeAll(async () => {
  sandbox = await createSandbox();
  gitlab = as('maintainer');
});
afterAll(() => sandbox.close());

const create = (path: string, content = 'one\n') => ({ action: 'create' as const, path, content });

describe('the repository', () => {
  it('is read as text, bytes, lists and history', async () => {
    const content = 'ü \u2028 🎉\n';
    const { commit } = await gitlab.commitFiles(
      'main',
      [create('r/ä b.md', content), create('r/d/c.md')],
      'Add two',
    );
    expect(await gitlab.readFile('r/ä b.md', 'main')).toEqual({ content, lastCommit: commit });
    expect(Buffer.from((await gitlab.readBytes('r/ä b.md', commit))!).toString()).toBe(content);
    expect(await gitlab.readFile('r/no.md', 'main')).toBeUndefined();
    expect(await gitlab.readFile('r/d/c.md', 'no-such-branch')).toBeUndefined();
    const blobs = (await gitlab.tree('r', 'main')).filter(({ type }) => type === 'blob');
    expect(blobs.map(({ path }) => path)).toEqual(['r/d/c.md', 'r/ä b.md']);
    expect(await gitlab.tree('nothing/here', 'main')).toEqual([]);
    expect((await gitlab.commits('main', 'r/d/c.md')).map(({ id }) => id)).toEqual([commit]);
  });

  it('changes all files or none, and says when somebody was quicker', async () => {
    const { commit } = await gitlab.commitFiles('main', [create('w/a.md')], 'Add');
    const conflict = { code: 'STORE_CONFLICT' };
    await expect(
      gitlab.commitFiles('main', [create('w/b.md'), create('w/a.md')], 'Again'),
    ).rejects.toMatchObject(conflict);
    await expect(
      gitlab.commitFiles('main', [{ action: 'delete', path: 'w/x.md' }], 'Gone'),
    ).rejects.toMatchObject(conflict);
    const edit = {
      action: 'update' as const,
      path: 'w/a.md',
      content: 'two\n',
      lastCommit: commit,
    };
    const { commit: next } = await gitlab.commitFiles('main', [edit], 'Edit');
    await expect(gitlab.commitFiles('main', [edit], 'Edit again')).rejects.toMatchObject(conflict);
    expect(await gitlab.readFile('w/b.md', 'main')).toBeUndefined();
    expect((await gitlab.compare(commit, next)).paths).toEqual(['w/a.md']);
    await expect(gitlab.commitFiles('main', [create('../x')], 'Climb')).rejects.toMatchObject({
      code: 'GITLAB_REFUSED',
    });
  });

  it('has branches that come and go, and knows who pushed to them', async () => {
    const start = systemClock.now() - 5;
    const made = await gitlab.createBranch('post/branch', 'main');
    expect(await gitlab.createBranch('post/branch', 'main')).toEqual(made);
    expect(await gitlab.branch('main')).toMatchObject({ protected: true, sha: made.sha });
    const { commit } = await as('developer').commitFiles('post/branch', [create('p.md')], 'Push');
    const pushes = await gitlab.pushes('post/branch', start);
    expect(pushes.at(-1)).toMatchObject({ by: { id: sandbox.users.developer.id }, commit });
    expect(await gitlab.pushes('post/branch', systemClock.now() + 60_000)).toEqual([]);
    await gitlab.deleteBranch('post/branch');
    await gitlab.deleteBranch('post/branch');
    expect(await gitlab.branch('post/branch')).toBeUndefined();
    expect((await gitlab.rulesFor('main'))[0]).toMatchObject({
      pushLevels: [40],
      pushUsers: [],
      allowForcePush: false,
    });
    expect(await gitlab.rulesFor('post/branch')).toEqual([]);
  });
});
