/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- answers are looked at field by field */
import { Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let close: () => Promise<void>;
beforeAll(async () => {
  sandbox = await createSandbox({ basePath: '/gitlab' });
  ({ close } = await sandbox.listen());
});
afterAll(async () => {
  await close();
  await sandbox.close();
});

describe('a client of others, on a host with a sub-path', () => {
  const client = () => new Gitlab({ host: sandbox.url, token: sandbox.users.maintainer.token });

  it('does a day of work', async () => {
    const api = client();
    const id = sandbox.project.path;
    expect((await api.Projects.show(id)).default_branch).toBe('main');
    expect((await api.Users.showCurrentUser()).username).toBe('mara');
    const issue = await api.Issues.create(id, 'From a client', { labels: 'a,b' });
    await api.IssueNotes.create(id, issue.iid, 'hello');
    await api.Commits.create(
      id,
      'post/client',
      'Add',
      [{ action: 'create', filePath: 'content/client.md', content: 'words\n' }],
      { startBranch: 'main' },
    );
    const mr = await api.MergeRequests.create(id, 'post/client', 'main', 'Client', { labels: 'a' });
    expect((await api.MergeRequests.allDiffs(id, mr.iid)).map((diff) => diff.new_path)).toEqual([
      'content/client.md',
    ]);
    await api.MergeRequestApprovals.approve(id, mr.iid);
    const merged = await api.MergeRequests.merge(id, mr.iid, { sha: mr.sha });
    expect(merged.state).toBe('merged');
    const file = await api.RepositoryFiles.show(id, 'content/client.md', 'main');
    expect(Buffer.from(file.content, 'base64').toString()).toBe('words\n');
    expect(mr.web_url).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/gitlab\/socialpulse\/desk\/-\/merge_requests\//,
    );
  });

  it('walks pages by number and by key', async () => {
    const api = client();
    const id = sandbox.project.id;
    for (let n = 0; n < 25; n += 1) await api.Issues.create(id, `Page ${String(n)}`);
    const all = await api.Issues.all({ projectId: id, search: 'Page', perPage: 10 });
    expect(new Set(all.map((issue) => issue.iid)).size).toBe(25);
    const actions = Array.from({ length: 30 }, (_, n) => ({
      action: 'create' as const,
      filePath: `many/${String(n)}`,
      content: 'x',
    }));
    await api.Commits.create(id, 'many', 'many', actions, { startBranch: 'main' });
    const tree = await api.Repositories.allRepositoryTrees(id, {
      ref: 'many',
      path: 'many',
      recursive: true,
      perPage: 10,
      pagination: 'keyset',
    });
    expect(tree).toHaveLength(30);
  });

  it('sets the project up', async () => {
    const api = client();
    const id = sandbox.project.id;
    await api.ProjectLabels.create(id, 'pulse::review', '#00ff00');
    const board = await api.ProjectIssueBoards.create(id, 'Desk');
    const labels = await api.ProjectLabels.all(id);
    const label = labels.find((each) => each.name === 'pulse::review')!;
    await api.ProjectIssueBoards.createList(id, board.id, { labelId: label.id });
    expect((await api.ProjectIssueBoards.show(id, board.id)).lists).toHaveLength(1);
    await api.ProtectedBranches.create(id, 'pulse-state', {
      pushAccessLevel: 40,
      mergeAccessLevel: 0,
    });
    expect(await api.ProtectedBranches.show(id, 'pulse-state')).toMatchObject({
      allow_force_push: false,
      push_access_levels: [{ access_level: 40 }],
      merge_access_levels: [{ access_level: 0 }],
    });
    await api.ProjectVariables.create(id, 'SECRET_TOKEN', 'long-enough-value', {
      masked: true,
      protected: true,
    });
    await api.ProjectVariables.edit(id, 'SECRET_TOKEN', 'another-long-value');
    expect((await api.ProjectVariables.show(id, 'SECRET_TOKEN')).value).toBe('another-long-value');
    await api.ProjectHooks.add(id, 'http://127.0.0.1:1/hook', {
      pushEvents: false,
      noteEvents: true,
    });
    expect(await api.ProjectHooks.all(id)).toMatchObject([
      { push_events: false, note_events: true },
    ]);
    const schedule = await api.PipelineSchedules.create(id, 'tick', 'main', '*/10 * * * *');
    expect(Date.parse(schedule.next_run_at)).toBeGreaterThan(Date.now());
    const weird = api.PipelineSchedules.create(id, 'bad', 'main', 'often');
    await expect(weird).rejects.toThrow(/cron/);
  });
});
