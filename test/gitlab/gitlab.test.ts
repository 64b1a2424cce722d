import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { createGitLab, type GitLab } from '../../lib/gitlab/index.ts';
import type { MergeRequest, Thread } from '../../lib/gitlab/types.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let gitlab: GitLab;
const as = (role: keyof Sandbox['users'], clock = systemClock) =>
  createGitLab({
    url: sandbox.url,
    project: sandbox.project.path,
    token: sandbox.users[role].token,
    fetch: sandbox.fetch as typeof globalThis.fetch,
    clock,
  });
beforeAll(async () => {
  sandbox = await createSandbox();
  gitlab = as('maintainer');
});
afterAll(() => sandbox.close());

const create = (path: string, content = 'one\n') => ({ action: 'create' as const, path, content });
const issue = (title = 'Fees') =>
  gitlab.createIssue({ title, description: 'd', labels: ['a', 'pulse::thinking'] });

/** A merge request with one new file on a branch of its own. */
async function propose(name: string): Promise<MergeRequest> {
  await gitlab.commitFiles(`post/${name}`, [create(`content/posts/${name}.md`)], 'Add', {
    startBranch: 'main',
  });
  return gitlab.createMergeRequest({
    title: `Draft: ${name}`,
    description: 'About it',
    sourceBranch: `post/${name}`,
    targetBranch: 'main',
    labels: ['pulse::thinking'],
  });
}

describe('people', () => {
  it('are told apart, with their roles', async () => {
    const { users } = sandbox;
    expect(await gitlab.me()).toMatchObject({
      id: users.maintainer.id,
      username: users.maintainer.username,
      bot: false,
    });
    expect(await gitlab.user(users.guest.id)).toMatchObject({
      username: users.guest.username,
      bot: false,
    });
    expect(await gitlab.user(987_654)).toBeUndefined();
    const levels = await Promise.all(Object.values(users).map(({ id }) => gitlab.accessLevel(id)));
    expect(levels).toEqual(Object.values(users).map(({ level }) => level));
    expect(await gitlab.accessLevel(users.stranger.id)).toBe(0);
  });

  it('who are strangers do not see the project', async () => {
    expect(await gitlab.getProject()).toMatchObject({
      id: sandbox.project.id,
      defaultBranch: 'main',
      visibility: 'private',
    });
    await expect(as('stranger').getProject()).rejects.toMatchObject({ details: { status: 404 } });
    await expect(as('stranger').issue(1)).rejects.toMatchObject({ code: 'GITLAB_REFUSED' });
  });
});

describe('issues', () => {
  it('are made, changed in one go, closed and found again', async () => {
    const start = systemClock.now() - 5;
    const made = await issue('Fees fell');
    expect(made).toMatchObject({
      title: 'Fees fell',
      state: 'opened',
      labels: ['a', 'pulse::thinking'],
    });
    const changed = await gitlab.updateIssue(made.iid, {
      addLabels: ['pulse::review'],
      removeLabels: ['pulse::thinking', 'a'],
      description: 'marker-5f3a',
      state: 'close',
    });
    expect(changed).toMatchObject({ state: 'closed', labels: ['pulse::review'] });
    expect(await gitlab.issue(made.iid)).toEqual(changed);
    expect(await gitlab.issue(9_999)).toBeUndefined();
    expect((await gitlab.findIssues('marker-5f3a')).map(({ iid }) => iid)).toEqual([made.iid]);
    expect((await gitlab.issuesUpdatedSince(start)).map(({ iid }) => iid)).toContain(made.iid);
    expect(await gitlab.issuesUpdatedSince(systemClock.now() + 60_000)).toEqual([]);
  });

  it('come from every page, the oldest change first', async () => {
    const all = await Promise.all(
      Array.from({ length: 120 }, (_, n) => issue(`Page ${String(n)}`)),
    );
    const first = all[0]!;
    await gitlab.updateIssue(first.iid, { title: 'Changed last' });
    const found = await gitlab.issuesUpdatedSince(0);
    expect(new Set(found.map(({ iid }) => iid)).size).toBe(found.length);
    expect(all.every(({ iid }) => found.some((each) => each.iid === iid))).toBe(true);
    expect(found.at(-1)!.iid).toBe(first.iid);
    expect(found.map(({ updatedAt }) => updatedAt)).toEqual(
      found.map(({ updatedAt }) => updatedAt).toSorted((a, b) => a - b),
    );
  });
});

describe('a conversation', () => {
  it.each(['issue', 'merge_request'] as const)(
    'on an %s is read with where answers belong',
    async (on) => {
      const iid = on === 'issue' ? (await issue()).iid : (await propose('talk')).iid;
      const thread: Thread = { on, iid };
      const note = await gitlab.addNote(thread, 'Hello');
      const [found] = (await gitlab.notes(thread)).filter(({ id }) => id === note.id);
      const answer = await gitlab.reply(thread, found!.discussion, 'Yes?');
      await gitlab.editNote(thread, note.id, 'Hello there');
      await gitlab.award(thread, note.id, 'eyes');
      await gitlab.award(thread, note.id, 'eyes');
      await gitlab.addNote(thread, 'Later');
      const said = (await gitlab.notes(thread)).filter(({ system }) => !system);
      expect(said.map(({ body }) => body)).toEqual(['Hello there', 'Yes?', 'Later']);
      expect(said[1]).toMatchObject({ id: answer.id, discussion: said[0]!.discussion });
      expect(said[2]!.discussion).not.toBe(said[0]!.discussion);
    },
  );

  it('tells who set which label and when', async () => {
    const { iid } = await issue();
    await as('reporter').updateIssue(iid, {
      addLabels: ['pulse::approved'],
      removeLabels: ['pulse::thinking'],
    });
    const events = await gitlab.labelEvents({ on: 'issue', iid });
    const last = events.filter(({ by }) => by.id === sandbox.users.reporter.id);
    expect(last.map(({ action, label }) => `${action} ${label}`).toSorted()).toEqual([
      'add pulse::approved',
      'remove pulse::thinking',
    ]);
    expect(events.map(({ at }) => at)).toEqual(
      events.map(({ at }) => at).toSorted((a, b) => a - b),
    );
  });
});

describe('merge requests', () => {
  it('are opened, changed, approved, taken back and found by their branch', async () => {
    const start = systemClock.now() - 5;
    const { iid } = await propose('life');
    expect(await gitlab.mergeRequest(iid)).toMatchObject({
      draft: true,
      sourceBranch: 'post/life',
      targetBranch: 'main',
      sourceProject: sandbox.project.id,
      targetProject: sandbox.project.id,
    });
    const ready = await gitlab.updateMergeRequest(iid, {
      title: 'life',
      addLabels: ['pulse::review'],
      reviewerIds: [sandbox.users.reviewer.id],
    });
    expect(ready.draft).toBe(false);
    expect((await gitlab.mergeRequestsOf('post/life')).map((each) => each.iid)).toEqual([iid]);
    expect((await gitlab.mergeRequestsUpdatedSince(start)).map((each) => each.iid)).toContain(iid);
    expect(await gitlab.changedPaths(iid)).toEqual(['content/posts/life.md']);
    await sandbox.fetch(
      `${sandbox.url}/api/v4/projects/${String(sandbox.project.id)}/merge_requests/${String(iid)}/approve`,
      {
        method: 'POST',
        headers: { 'private-token': sandbox.users.reviewer.token },
      },
    );
    expect((await gitlab.approvals(iid)).map(({ user }) => user.id)).toEqual([
      sandbox.users.reviewer.id,
    ]);
    expect(await gitlab.mergeRequest(999)).toBeUndefined();
  });

  it('are merged at exactly the commit that was looked at', async () => {
    const { iid } = await propose('merge');
    await gitlab.updateMergeRequest(iid, { title: 'merge' });
    await expect(
      gitlab.merge(iid, { sha: 'f'.repeat(40), message: 'Publish' }),
    ).rejects.toMatchObject({ details: { status: 409 } });
    const { sha } = (await gitlab.mergeRequest(iid))!;
    await expect(as('developer').merge(iid, { sha, message: 'Publish' })).rejects.toMatchObject({
      details: { status: 401 },
    });
    const merged = await gitlab.merge(iid, { sha, message: 'Publish merge' });
    expect(merged).toMatchObject({
      state: 'merged',
      mergedBy: { id: sandbox.users.maintainer.id },
    });
    expect((await gitlab.commits('main', undefined, 1))[0]).toMatchObject({
      id: merged.mergeCommit,
      message: 'Publish merge',
    });
    await expect(gitlab.merge(iid, { sha, message: 'Again' })).rejects.toMatchObject({
      details: { status: 405 },
    });
  });
});
