/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { as, caller, propose, type Role } from './caller.ts';

const run = promisify(execFile);
let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-test-'));
  sandbox = await createSandbox();
  await sandbox.listen();
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

let clones = 0;
const address = (token: string, path = sandbox.project.path) =>
  `${sandbox.url.replace('://', `://anyone:${token}@`)}/${path}.git`;

/** A clone of the real git, and what people do in it. */
async function clone(role: Role) {
  clones += 1;
  const place = join(folder, String(clones));
  const git = async (...args: string[]) => {
    const settings = ['-c', 'user.name=Hand', '-c', 'user.email=hand@example.com'];
    try {
      const { stdout, stderr } = await run('git', [...settings, ...args], { cwd: place });
      return { ok: true, words: stdout + stderr };
    } catch (error) {
      return { ok: false, words: (error as { stderr: string }).stderr };
    }
  };
  await run('git', ['clone', '-q', address(sandbox.users[role].token), place]);
  return {
    place,
    git,
    async commit(path: string, content: string, message = 'By hand') {
      await writeFile(join(place, path), content);
      await git('add', '--all');
      await git('commit', '-qm', message);
      return (await git('rev-parse', 'HEAD')).words.trim();
    },
  };
}

describe('git over HTTP', () => {
  it('clones with a token, whatever the username, and refuses everybody else', async () => {
    const { place } = await clone('reporter');
    expect(await readFile(join(place, 'README.md'), 'utf8')).toContain('Desk');
    const attempt = (token: string, path?: string) =>
      run('git', ['ls-remote', address(token, path)]).then(
        () => 'ok',
        (error: unknown) => (error as { stderr: string }).stderr,
      );
    expect(await attempt('nonsense')).toMatch(/Access denied|Authentication failed/);
    expect(await attempt(sandbox.users.stranger.token)).toMatch(/not found|could not be found/);
    expect(await attempt(sandbox.users.guest.token)).toMatch(/not found|could not be found/);
    expect(await attempt(sandbox.users.owner.token, 'no/such')).toMatch(
      /not found|could not be found/,
    );
    expect(await attempt(sandbox.users.reporter.token)).toBe('ok');
  });

  it('pushes a branch, which updates its merge request and tells who pushed', async () => {
    const hand = await clone('developer');
    await hand.git('checkout', '-qb', 'post/pushed');
    await hand.commit('pushed.md', 'one\n');
    expect(await hand.git('push', '-q', 'origin', 'HEAD')).toMatchObject({ ok: true });
    const call = as(sandbox, 'developer');
    const { body: mr } = await call('POST', ':/merge_requests', {
      source_branch: 'post/pushed',
      target_branch: 'main',
      title: 'Pushed',
    });
    const sha = await hand.commit('pushed.md', 'two\n', 'draft: again');
    await hand.git('push', '-q', 'origin', 'HEAD');
    expect((await call('GET', `:/merge_requests/${String(mr.iid)}`)).body).toMatchObject({
      sha,
      draft: true,
    });
    const [event] = (await call('GET', ':/events?action=pushed')).body;
    expect(event).toMatchObject({
      action_name: 'pushed to',
      author: { username: 'dan' },
      push_data: { ref: 'post/pushed', commit_to: sha, commit_count: 1 },
    });
  });

  it('keeps protected branches: no push by developers, no force, no deleting', async () => {
    const developer = await clone('developer');
    await developer.commit('x', 'x');
    const refused = await developer.git('push', 'origin', 'HEAD:main');
    expect([refused.ok, refused.words]).toEqual([
      false,
      expect.stringContaining(
        'You are not allowed to push code to protected branches on this project.',
      ),
    ]);
    const maintainer = await clone('maintainer');
    await maintainer.commit('y', 'y');
    expect(await maintainer.git('push', '-q', 'origin', 'HEAD:main')).toMatchObject({ ok: true });
    await maintainer.git('commit', '--amend', '-qm', 'rewritten');
    const forced = await maintainer.git('push', '--force', 'origin', 'HEAD:main');
    expect([forced.ok, forced.words]).toEqual([
      false,
      expect.stringContaining('not allowed to force push code to a protected branch'),
    ]);
    const gone = await maintainer.git('push', 'origin', ':main');
    expect([gone.ok, gone.words]).toEqual([
      false,
      expect.stringContaining('only delete protected branches using the web interface'),
    ]);
    await maintainer.git('push', '-q', 'origin', 'HEAD:free');
    expect(await maintainer.git('push', '-q', 'origin', ':free')).toMatchObject({ ok: true });
  });

  it('refuses who may only read, and tokens that may', async () => {
    const reporter = await clone('reporter');
    await reporter.commit('z', 'z');
    expect(await reporter.git('push', 'origin', 'HEAD:idea')).toMatchObject({ ok: false });
    const { body: made } = await as(sandbox, 'owner')('POST', ':/access_tokens', {
      name: 'r',
      scopes: ['read_repository'],
      access_level: 40,
      expires_at: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    });
    const token = made.token as string;
    expect((await caller(sandbox, token)('GET', ':')).status).toBe(403);
    await reporter.git('remote', 'set-url', 'origin', address(token));
    expect(await reporter.git('fetch', '-q')).toMatchObject({ ok: true });
    expect(await reporter.git('push', 'origin', 'HEAD:idea')).toMatchObject({ ok: false });
  });

  it('sees a merge by hand, and closes what the commits close', async () => {
    const call = as(sandbox, 'maintainer');
    const { iid, branch } = await propose(sandbox, 'byhand');
    const { body: issue } = await call('POST', ':/issues', { title: 'to close' });
    const hand = await clone('maintainer');
    await hand.git(
      'merge',
      '--no-ff',
      '-qm',
      `Merge. Closes #${String(issue.iid)}`,
      `origin/${branch}`,
    );
    await hand.git('push', '-q', 'origin', 'HEAD:main');
    expect((await call('GET', `:/merge_requests/${String(iid)}`)).body).toMatchObject({
      state: 'merged',
      merged_by: { username: 'mara' },
    });
    expect((await call('GET', `:/issues/${String(issue.iid)}`)).body.state).toBe('closed');
    const [event] = (await call('GET', `:/issues/${String(issue.iid)}/resource_state_events`)).body;
    expect([event.state, event.source_commit]).toEqual([
      'closed',
      expect.stringMatching(/^[0-9a-f]{40}$/),
    ]);
  });

  it('takes a large push without standing still', async () => {
    const hand = await clone('developer');
    await hand.git('checkout', '-qb', 'large');
    await hand.commit('large', Buffer.alloc(6 << 20, 'x7').toString() + String(Math.random()));
    const pushing = hand.git('push', '-q', 'origin', 'HEAD');
    let slowest = 0;
    let done = false;
    void pushing.then(() => (done = true));
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set when the push ends
    while (!done) {
      const started = performance.now();
      await as(sandbox, 'guest')('GET', ':/issues');
      slowest = Math.max(slowest, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await pushing).toMatchObject({ ok: true });
    expect(slowest).toBeLessThan(1500);
  });
});
